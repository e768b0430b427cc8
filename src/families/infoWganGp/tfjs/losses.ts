import * as tf from '@tensorflow/tfjs-core';
import { type GeneratorInput, leastNorm } from '../../../plan/operations.ts';

/** mean (|g| - 1)^2 over a batch of gradients by images; the norm is over all numbers of an image (WGAN-GP). */
export function gradientPenalty(gradients: tf.Tensor): tf.Scalar {
  const squares = tf.sum(tf.reshape(tf.square(gradients), [gradients.shape[0], -1]), 1);
  // Not the square root of 0, which cannot be differentiated.
  const norms = tf.sqrt(tf.maximum(squares, leastNorm ** 2));
  return tf.mean(tf.square(tf.sub(norms, 1)));
}

/** Squared error with which Q tells each code, mean over the batch, [codes]. */
export function codeErrors(
  inference: tf.Tensor2D,
  inputs: tf.Tensor2D,
  { codes }: GeneratorInput,
): tf.Tensor1D {
  const part = (of: tf.Tensor2D) => tf.slice(of, [0, 0], [of.shape[0], codes]);
  return tf.mean(tf.squaredDifference(part(inference), part(inputs)), 0);
}

/**
 * -log Q of what generators were given, mean over the batch, in nats: half the squared errors, for Q is a Gaussian
 * of variance 1 (without its constant of 0.919 a code), and the cross-entropy of the category.
 */
export function information(inference: tf.Tensor2D, inputs: tf.Tensor2D, of: GeneratorInput): tf.Scalar {
  const { codes, categories } = of;
  const ofCodes: tf.Scalar = tf.mul(0.5, tf.sum(codeErrors(inference, inputs, of)));
  if (categories === 0) return ofCodes;
  const part = (all: tf.Tensor2D) => tf.slice(all, [0, codes], [all.shape[0], categories]);
  const logits = part(inference);
  const right = tf.sum(tf.mul(logits, part(inputs)), 1);
  return tf.add(ofCodes, tf.mean(tf.sub(tf.logSumExp(logits, 1), right)));
}
