import * as tf from '@tensorflow/tfjs-core';
import type { Posterior } from '../../../engines/tfjs/definition.ts';

/** The terms of Kim & Mnih 2018, in nats, all means over the batch. */

/** z = mean + standard deviation * noise, [batch, latents] (Kingma & Welling 2014, section 2.4). */
export function reparameterise({ mean, logVariance }: Posterior, noise: tf.Tensor2D): tf.Tensor2D {
  const deviation = tf.exp(tf.mul(logVariance, 0.5));
  return tf.add(mean, tf.mul(deviation, noise));
}

/**
 * -E log p(x|z) with Bernoulli pixels, summed over pixels: the binary cross-entropy of logits a and pixels x, which is
 * log(1 + exp a) - a x.
 */
export function reconstructionLoss(logits: tf.Tensor4D, images: tf.Tensor4D): tf.Scalar {
  const perPixel = tf.sub(tf.softplus(logits), tf.mul(logits, images));
  return tf.mean(tf.sum(tf.reshape(perPixel, [images.shape[0], -1]), 1));
}

/** KL(q(z_j|x) || N(0, 1)) of every latent j, [latents]. */
export function klPerLatent({ mean, logVariance }: Posterior): tf.Tensor1D {
  const twice = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1));
  return tf.mul(tf.mean(twice, 0), 0.5);
}

/** log D(z) - log(1 - D(z)), the discriminator's log density ratio, [batch]: logit 0 - logit 1. */
export function logRatio(logits: tf.Tensor2D): tf.Tensor1D {
  const [joint, product] = tf.split(logits, 2, 1);
  return tf.reshape(tf.sub(joint, product), [-1]);
}

/** TC by the density-ratio trick (equation 3). Negative where the discriminator is unsure; that is no bug. */
export function totalCorrelation(ratio: tf.Tensor1D): tf.Scalar {
  return tf.mean(ratio);
}

/**
 * 0.5 * (cross-entropy of D(z) with class 0 + cross-entropy of D(permuted z) with class 1), as in Algorithm 2. With
 * two classes the cross-entropy is a softplus of the logits' difference.
 */
export function discriminatorLoss(joint: tf.Tensor1D, permuted: tf.Tensor1D): tf.Scalar {
  const losses = tf.add(tf.mean(tf.softplus(tf.neg(joint))), tf.mean(tf.softplus(permuted)));
  return tf.mul(losses, 0.5);
}

/** Share of both halves that the discriminator puts in the right class, 0..1. */
export function discriminatorAccuracy(joint: tf.Tensor1D, permuted: tf.Tensor1D): tf.Scalar {
  const right = tf.concat([tf.greater(joint, 0), tf.less(permuted, 0)]);
  return tf.mean(tf.cast(right, 'float32'));
}
