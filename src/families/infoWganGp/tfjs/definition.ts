import * as tf from '@tensorflow/tfjs-core';
import type { TfjsDefinition, TfjsInputs, TfjsStep } from '../../../engines/tfjs/definition.ts';
import { gradientOf } from '../../../engines/tfjs/gradient.ts';
import { applyLayer, matrix } from '../../../engines/tfjs/layers.ts';
import type { Weights } from '../../../engines/tfjs/parameterVector.ts';
import { StateLayout, type TfjsStates } from '../../../engines/tfjs/states.ts';
import type { LayerSpec } from '../../../model/layers.ts';
import type { InfoWganGpModel } from '../model.ts';
import { infoWganGpLayers } from '../networks.ts';
import { codeErrors, gradientPenalty, information } from './losses.ts';

/** What of a model its definition goes by. */
type Defined = Pick<InfoWganGpModel, 'config' | 'plan'>;

/**
 * One iteration of InfoWGAN-GP by automatic differentiation, which goes twice through the critic for the gradient
 * penalty. Both players' losses have the information, but each updates its own layers only; Q's are the critic's.
 */
class Iteration implements TfjsDefinition {
  readonly #model: Defined;
  readonly #layers: ReturnType<typeof infoWganGpLayers>;
  readonly #layout: StateLayout;
  readonly discriminate = null;

  constructor(model: Defined) {
    this.#model = model;
    this.#layers = infoWganGpLayers(model.config);
    this.#layout = new StateLayout(model.plan);
  }

  readonly encode: TfjsDefinition['encode'] = (weights, images) => {
    const { codes } = this.#model.config.input;
    const inference = this.#infer(weights('critic'), this.#trunk(weights('critic'), images));
    const mean = tf.slice(inference, [0, 0], [images.shape[0], codes]);
    return { mean, logVariance: null };
  };

  readonly decode: TfjsDefinition['decode'] = (weights, codes) => this.#logits(weights('generator'), codes);

  step(states: TfjsStates, inputs: TfjsInputs, settings: TfjsStep) {
    return tf.tidy(() => {
      const { criticSteps } = this.#model.config;
      let critic = states.critic;
      let measured: tf.Tensor1D | null = null;
      for (let repeat = 0; repeat < criticSteps; repeat++) {
        const pass = this.#criticStep({ ...states, critic }, inputs, settings, repeat);
        critic = pass.critic;
        measured = pass.metrics;
      }
      if (!measured) throw new RangeError('an iteration needs a critic step');
      const { generator, metrics, errors } = this.#generatorStep({ ...states, critic }, inputs, settings);
      const { penaltyWeight, informationWeight } = settings.live;
      const weights = tf.tensor1d([penaltyWeight, informationWeight]);
      return {
        states: { ...states, generator, critic },
        metrics: tf.concat([measured, metrics, weights, errors]),
      };
    });
  }

  #criticStep(states: TfjsStates, inputs: TfjsInputs, { live, update }: TfjsStep, repeat: number) {
    const { config } = this.#model;
    const { penaltyWeight, informationWeight } = live;
    const given = inputs.noise('criticInput', repeat);
    const real = inputs.images('images', repeat);
    const fake = this.#generate(this.#layout.split('generator', states.generator.parameters), given);
    const mix = tf.reshape(inputs.noise('mix', repeat), [-1, 1, 1, 1]);
    const mixed = tf.add<tf.Tensor4D>(tf.mul(mix, real), tf.mul(tf.sub(1, mix), fake));
    const { gradient, seen } = gradientOf(states.critic.parameters, (parameters) => {
      const weights = this.#layout.split('critic', parameters);
      const scores = (images: tf.Tensor) => this.#score(weights, this.#trunk(weights, images));
      const generated = this.#trunk(weights, fake);
      const gap = tf.sub<tf.Scalar>(tf.mean(scores(real)), tf.mean(this.#score(weights, generated)));
      const penalty = gradientPenalty(tf.grad((images) => tf.sum(scores(images)))(mixed));
      const info = information(this.#infer(weights, generated), given, config.input);
      const penalties = tf.add(tf.mul(penalty, penaltyWeight), tf.mul(info, informationWeight));
      const loss: tf.Scalar = tf.sub(penalties, gap);
      return { loss, seen: { gap, penalty, info } };
    });
    const critic = update('critic', states.critic, gradient, repeat);
    const metrics = tf.reshape<tf.Rank.R1>(tf.stack([seen.gap, seen.penalty, seen.info]), [-1]);
    tf.dispose(seen);
    return { critic, metrics };
  }

  #generatorStep(states: TfjsStates, inputs: TfjsInputs, { live, update }: TfjsStep) {
    const { config } = this.#model;
    const { informationWeight } = live;
    const given = inputs.noise('generatorInput');
    const critic = this.#layout.split('critic', states.critic.parameters);
    const { gradient, seen } = gradientOf(states.generator.parameters, (parameters) => {
      const hidden = this.#trunk(critic, this.#generate(this.#layout.split('generator', parameters), given));
      const score: tf.Scalar = tf.mean(this.#score(critic, hidden));
      const inference = this.#infer(critic, hidden);
      const info = information(inference, given, config.input);
      const loss: tf.Scalar = tf.sub(tf.mul(info, informationWeight), score);
      return { loss, seen: { score, info, errors: codeErrors(inference, given, config.input) } };
    });
    const generator = update('generator', states.generator, gradient);
    const metrics = tf.reshape<tf.Rank.R1>(tf.stack([seen.score, seen.info]), [-1]);
    const errors = tf.clone(seen.errors);
    tf.dispose(seen);
    return { generator, metrics, errors };
  }

  #logits(weights: Weights, inputs: tf.Tensor2D): tf.Tensor4D {
    return tf.reshape(through(this.#layers.generator, weights, inputs), [-1, ...this.#imageShape]);
  }

  /** Images in (0, 1). */
  #generate(weights: Weights, inputs: tf.Tensor2D): tf.Tensor4D {
    return tf.sigmoid(this.#logits(weights, inputs));
  }

  /** What score and Q read, [batch, width]. */
  #trunk(weights: Weights, images: tf.Tensor): tf.Tensor {
    return through(this.#layers.trunk, weights, images);
  }

  /** [batch, 1] */
  #score(weights: Weights, hidden: tf.Tensor): tf.Tensor {
    return applyLayer(this.#layers.value, weights, hidden);
  }

  /** Means of codes, then logits of categories. */
  #infer(weights: Weights, hidden: tf.Tensor): tf.Tensor2D {
    const { codes, categories } = this.#model.config.input;
    return matrix(through(this.#layers.inference, weights, hidden), hidden.shape[0], codes + categories);
  }

  get #imageShape(): [number, number, number] {
    const { imageSize, channels } = this.#model.config.images;
    return [imageSize, imageSize, channels];
  }
}

function through(layers: readonly LayerSpec[], weights: Weights, input: tf.Tensor): tf.Tensor {
  return layers.reduce((x, layer) => applyLayer(layer, weights, x), input);
}

/** InfoWGAN-GP in tfjs. */
export function infoWganGpDefinition(model: Defined): TfjsDefinition {
  return new Iteration(model);
}
