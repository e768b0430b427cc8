import { leakySlope } from '../../../model/parameters.ts';
import { padded } from '../paddedLayout.ts';
import { adamEpsilon } from './adam.ts';

/** The small kernels of a step in plain TypeScript, in double precision. Layouts are the kernels'. */

export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export function reparameteriseReference(posterior: Float32Array, noise: Float32Array, latents: number) {
  const width = padded(latents);
  const batch = posterior.length / (2 * width);
  const z = new Float64Array(batch * width);
  const divergence = new Float64Array(batch * latents);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) {
      const mean = posterior[row * 2 * width + j];
      const logVariance = posterior[row * 2 * width + width + j];
      z[row * width + j] = mean + Math.exp(logVariance / 2) * noise[row * latents + j];
      divergence[row * latents + j] = 0.5 * (mean ** 2 + Math.exp(logVariance) - 1 - logVariance);
    }
  return { z, divergence };
}

/** Column j of the result is column j of `z` in the order of row j of `permutation`, [latents, batch]. */
export function permuteReference(z: Float64Array, permutation: Int32Array, latents: number): Float64Array {
  const width = padded(latents);
  const batch = z.length / width;
  const out = new Float64Array(z.length);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) out[row * width + j] = z[permutation[j * batch + row] * width + j];
  return out;
}

export function posteriorGradientReference(
  posterior: Float32Array,
  noise: Float32Array,
  dz: Float64Array,
  beta: number,
  latents: number,
): Float64Array {
  const width = padded(latents);
  const batch = posterior.length / (2 * width);
  const out = new Float64Array(posterior.length);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) {
      const at = row * 2 * width + j;
      const deviation = Math.exp(posterior[at + width] / 2);
      const d = dz[row * width + j];
      out[at] = d + (beta / batch) * posterior[at];
      out[at + width] =
        0.5 * d * noise[row * latents + j] * deviation + (0.5 * beta * (deviation ** 2 - 1)) / batch;
    }
  return out;
}

/** Cross-entropy summed over everything, and its gradient over the mean of the batch. */
export function reconstructionReference(logits: Float32Array, images: Float32Array, batch: number) {
  let sum = 0;
  const gradient = new Float64Array(logits.length);
  logits.forEach((logit, i) => {
    sum += softplus(logit) - logit * images[i];
    gradient[i] = (logistic(logit) - images[i]) / batch;
  });
  return { sum, gradient };
}

/** Gradient of gamma * mean(logit 0 - logit 1) by the last hidden layer before its leaky ReLU. */
export function correlationGradientReference(
  weight: Float32Array,
  hidden: Float32Array,
  gamma: number,
  batch: number,
): Float64Array {
  const width = hidden.length / batch;
  return Float64Array.from(hidden, (value, i) => {
    const unit = i % width;
    const slope = value > 0 ? 1 : leakySlope;
    return (gamma / batch) * (weight[4 * unit] - weight[4 * unit + 1]) * slope;
  });
}

/** Gradient by logits [2 * secondRow, 4], and the rows' terms [2 * batch, 4]. */
export function discriminatorLossReference(logits: Float32Array, batch: number, secondRow: number) {
  const gradient = new Float64Array(logits.length);
  const terms = new Float64Array(8 * batch);
  for (let half = 0; half < 2; half++)
    for (let row = 0; row < batch; row++) {
      const at = 4 * (half * secondRow + row);
      const difference = logits[at] - logits[at + 1];
      const excess = half === 0 ? -difference : difference;
      terms.set([softplus(excess), excess < 0 ? 1 : 0, difference, 0], 4 * (half * batch + row));
      const slope = (0.5 * logistic(excess)) / batch;
      gradient.set(half === 0 ? [-slope, slope] : [slope, -slope], at);
    }
  return { gradient, terms };
}

/** One number's update; moments are those before it. */
export function adamReference(
  parameter: number,
  gradient: number,
  first: number,
  second: number,
  [beta1, beta2]: readonly [number, number],
  rate: number,
  correction: number,
) {
  const m = beta1 * first + (1 - beta1) * gradient;
  const v = beta2 * second + (1 - beta2) * gradient * gradient;
  return { parameter: parameter - (rate * m) / (Math.sqrt(v) * correction + adamEpsilon), m, v };
}
