import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '../../../config/schema.ts';
import type { Posterior } from '../../../engines/tfjs/definition.ts';
import type { Weights } from '../../../engines/tfjs/parameterVector.ts';
import { AppError } from '../../../errors.ts';
import { kernelSize, type LayerSpec, leakySlope, padding, stride } from '../../../model/layers.ts';
import { vaeLayers } from '../networks.ts';

/** The forward passes of the three networks of Kim & Mnih 2018, appendix A, channels last. */
export class Networks {
  readonly #latents: number;
  readonly #convolutions: readonly LayerSpec[];
  readonly #encoderDense: readonly LayerSpec[];
  readonly #decoderDense: readonly LayerSpec[];
  readonly #deconvolutions: readonly LayerSpec[];
  readonly #discriminator: readonly LayerSpec[];

  constructor(config: RunConfig) {
    const layers = vaeLayers(config);
    this.#latents = config.latents;
    this.#convolutions = layers.filter(({ kind }) => kind === 'conv');
    this.#encoderDense = layers.filter(({ network, kind }) => network === 'encoder' && kind === 'dense');
    this.#decoderDense = layers.filter(({ network, kind }) => network === 'decoder' && kind === 'dense');
    this.#deconvolutions = layers.filter(({ kind }) => kind === 'deconv');
    this.#discriminator = layers.filter(({ network }) => network === 'discriminator');
  }

  /** q(z|x) of images [batch, height, width, channels]. */
  encode(weights: Weights, images: tf.Tensor4D): Posterior {
    let picture = images;
    for (const layer of this.#convolutions) picture = tf.relu(convolve(layer, weights, picture));
    const flat = tf.reshape<tf.Rank.R2>(picture, [images.shape[0], -1]);
    const code = denseStack(this.#encoderDense, weights, flat, tf.relu);
    const [mean, logVariance] = tf.split<tf.Tensor2D>(code, [this.#latents, this.#latents], 1);
    return { mean, logVariance };
  }

  /** Logits of p(x|z), [batch, height, width, channels], from codes [batch, latents]. */
  decode(weights: Weights, codes: tf.Tensor2D): tf.Tensor4D {
    const [first] = this.#deconvolutions;
    const flat = tf.relu(denseStack(this.#decoderDense, weights, codes, tf.relu));
    let picture = tf.reshape<tf.Rank.R4>(flat, [-1, first.inputSize, first.inputSize, first.inputs]);
    for (const layer of this.#deconvolutions) {
      const sums = transposeConvolve(layer, weights, picture);
      picture = layer === this.#deconvolutions.at(-1) ? sums : tf.relu(sums);
    }
    return picture;
  }

  /** The discriminator's logits, [batch, 2], of codes [batch, latents]: class 0 is q(z), class 1 its marginals' product. */
  discriminate(weights: Weights, codes: tf.Tensor2D): tf.Tensor2D {
    return denseStack(this.#discriminator, weights, codes, (x) => tf.leakyRelu(x, leakySlope));
  }
}

/** Dense layers with an activation between them, none after the last. */
function denseStack(
  layers: readonly LayerSpec[],
  weights: Weights,
  input: tf.Tensor2D,
  activate: (x: tf.Tensor2D) => tf.Tensor2D,
): tf.Tensor2D {
  return layers.reduce((x, { network, name, inputs, outputs }, i) => {
    const b = tf.reshape<tf.Rank.R2>(part(weights, `${network}.${name}.weight`), [inputs, outputs]);
    const bias = part(weights, `${network}.${name}.bias`);
    const sums: tf.Tensor2D = tf.add(tf.matMul(x, b), bias);
    return i < layers.length - 1 ? activate(sums) : sums;
  }, input);
}

function convolve(layer: LayerSpec, weights: Weights, x: tf.Tensor4D): tf.Tensor4D {
  const { network, name, inputs, outputs } = layer;
  const filter = tf.reshape<tf.Rank.R4>(part(weights, `${network}.${name}.weight`), [
    kernelSize,
    kernelSize,
    inputs,
    outputs,
  ]);
  const bias = part(weights, `${network}.${name}.bias`);
  return tf.fused.conv2d({ x, filter, strides: stride, pad: padding, bias });
}

function transposeConvolve(layer: LayerSpec, weights: Weights, x: tf.Tensor4D): tf.Tensor4D {
  const { network, name, inputs, outputs, inputSize } = layer;
  const filter = tf.reshape<tf.Rank.R4>(part(weights, `${network}.${name}.weight`), [
    kernelSize,
    kernelSize,
    outputs,
    inputs,
  ]);
  const outputSize = inputSize * stride;
  const sums = tf.conv2dTranspose(x, filter, [x.shape[0], outputSize, outputSize, outputs], stride, padding);
  return tf.add(sums, part(weights, `${network}.${name}.bias`));
}

function part(weights: Weights, name: string): tf.Tensor1D {
  const found = weights.get(name);
  if (!found) throw new AppError('ParametersError.unknown', { name });
  return found;
}
