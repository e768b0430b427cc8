/** The operations of a plan but its products in plain TypeScript, in double precision and without padding. */

export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Codes [batch, latents], and each latent's KL in nats, of a posterior [batch, 2, latents]. */
export function reparameterise(posterior: ArrayLike<number>, noise: ArrayLike<number>, latents: number) {
  const batch = posterior.length / (2 * latents);
  const z = new Float64Array(batch * latents);
  const divergence = new Float64Array(batch * latents);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) {
      const mean = posterior[row * 2 * latents + j];
      const logVariance = posterior[row * 2 * latents + latents + j];
      const at = row * latents + j;
      z[at] = mean + Math.exp(logVariance / 2) * noise[at];
      divergence[at] = 0.5 * (mean ** 2 + Math.exp(logVariance) - 1 - logVariance);
    }
  return { z, divergence };
}

/** Column j of the result is column j of `z` in the order of row j of `permutation`, [latents, batch]. */
export function permute(z: ArrayLike<number>, permutation: ArrayLike<number>, latents: number): Float64Array {
  const batch = z.length / latents;
  const out = new Float64Array(z.length);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) out[row * latents + j] = z[permutation[j * batch + row] * latents + j];
  return out;
}

/** Gradient by the posterior of what has gradient `dz` by the codes, plus `klWeight` times the mean KL. */
export function posteriorGradient(
  posterior: ArrayLike<number>,
  noise: ArrayLike<number>,
  dz: ArrayLike<number>,
  klWeight: number,
  latents: number,
): Float64Array {
  const batch = posterior.length / (2 * latents);
  const out = new Float64Array(posterior.length);
  for (let row = 0; row < batch; row++)
    for (let j = 0; j < latents; j++) {
      const at = row * 2 * latents + j;
      const deviation = Math.exp(posterior[at + latents] / 2);
      const d = dz[row * latents + j];
      out[at] = d + (klWeight / batch) * posterior[at];
      out[at + latents] =
        0.5 * d * noise[row * latents + j] * deviation + (0.5 * klWeight * (deviation ** 2 - 1)) / batch;
    }
  return out;
}

/** Cross-entropy summed over everything, and its gradient over the mean of the batch. */
export function reconstructionLoss(logits: ArrayLike<number>, images: ArrayLike<number>, batch: number) {
  let sum = 0;
  const gradient = new Float64Array(logits.length);
  for (let i = 0; i < logits.length; i++) {
    sum += softplus(logits[i]) - logits[i] * images[i];
    gradient[i] = (logistic(logits[i]) - images[i]) / batch;
  }
  return { sum, gradient };
}

/**
 * Gradient of factor * mean(logit 0 - logit 1) by a hidden layer [batch, width] before its activation, whose slope on
 * negative numbers is given; weight [width, 2].
 */
export function logitDifferenceGradient(
  weight: ArrayLike<number>,
  hidden: ArrayLike<number>,
  factor: number,
  batch: number,
  slope: number,
): Float64Array {
  const width = hidden.length / batch;
  return Float64Array.from(hidden, (value, i) => {
    const unit = i % width;
    return (factor / batch) * (weight[2 * unit] - weight[2 * unit + 1]) * (value > 0 ? 1 : slope);
  });
}

/** Gradient by logits [2, batch, 2], and the samples' terms [2, batch, 4]: loss, right, difference, 0. */
export function discriminatorLoss(logits: ArrayLike<number>, batch: number) {
  const gradient = new Float64Array(logits.length);
  const terms = new Float64Array(8 * batch);
  for (let row = 0; row < 2 * batch; row++) {
    const isSecond = row >= batch;
    const difference = logits[2 * row] - logits[2 * row + 1];
    // How much the logit of the wrong class exceeds that of the right one.
    const excess = isSecond ? difference : -difference;
    terms.set([softplus(excess), excess < 0 ? 1 : 0, difference, 0], 4 * row);
    const slope = (0.5 * logistic(excess)) / batch;
    gradient.set(isSecond ? [slope, -slope] : [-slope, slope], 2 * row);
  }
  return { gradient, terms };
}

export const adamEpsilon = 1e-8;

/** One number's update; moments are those before it. */
export function adam(
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
