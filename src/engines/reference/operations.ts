import { type GeneratorInput, leastNorm } from '../../plan/operations.ts';

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

/** Terms [batch, 4] of scores [batch] in groups, each times its factor: 0, 0, difference, 0. */
export function scoreTerms(
  scores: readonly ArrayLike<number>[],
  groups: readonly { readonly factor: number }[],
): Float64Array {
  const terms = new Float64Array(4 * scores[0].length);
  for (let row = 0; row < scores[0].length; row++)
    terms[4 * row + 2] = groups.reduce((sum, { factor }, g) => sum + factor * scores[g][row], 0);
  return terms;
}

/**
 * Gradient by what Q infers, [batch, codes + categories], of `weight` times the mean information, terms [batch,
 * 4]: loss, 0, 0, 0, and the codes' squared errors, [batch, codes].
 */
export function informationLoss(
  inference: ArrayLike<number>,
  inputs: ArrayLike<number>,
  { codes, categories, noise }: GeneratorInput,
  weight: number,
) {
  const width = codes + categories;
  const batch = inference.length / width;
  const gradient = new Float64Array(inference.length);
  const terms = new Float64Array(4 * batch);
  const errors = new Float64Array(codes * batch);
  for (let row = 0; row < batch; row++) {
    const [from, given] = [row * width, row * (width + noise)];
    for (let j = 0; j < codes; j++) {
      const error = inference[from + j] - inputs[given + j];
      errors[row * codes + j] = error ** 2;
      terms[4 * row] += 0.5 * error ** 2;
      gradient[from + j] = (weight / batch) * error;
    }
    const logits = Array.from({ length: categories }, (_, k) => inference[from + codes + k]);
    const largest = Math.max(...logits);
    const total = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    logits.forEach((logit, k) => {
      const isGiven = inputs[given + codes + k];
      terms[4 * row] += isGiven * (largest + Math.log(total) - logit);
      gradient[from + codes + k] = (weight / batch) * (Math.exp(logit - largest) / total - isGiven);
    });
  }
  return { gradient, terms, errors };
}

/**
 * Of gradients by images, [batch, length]: the gradient of `weight` times the mean of (norm - 1)^2 by them, and
 * terms [batch, 4]: (norm - 1)^2, 0, 0, 0.
 */
export function gradientPenalty(gradient: ArrayLike<number>, batch: number, weight: number) {
  const length = gradient.length / batch;
  const terms = new Float64Array(4 * batch);
  const tangent = new Float64Array(gradient.length);
  for (let row = 0; row < batch; row++) {
    let square = 0;
    for (let i = 0; i < length; i++) square += gradient[row * length + i] ** 2;
    const norm = Math.sqrt(square);
    terms[4 * row] = (norm - 1) ** 2;
    const factor = ((2 * weight) / batch) * ((norm - 1) / Math.max(norm, leastNorm));
    for (let i = 0; i < length; i++) tangent[row * length + i] = factor * gradient[row * length + i];
  }
  return { tangent, terms };
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
