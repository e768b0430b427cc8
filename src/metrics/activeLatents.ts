import type { Posteriors } from './codeSource.ts';
import { columnDeviations } from './covariance.ts';

/** A latent whose mean KL from the prior is below this, in nats, has collapsed: it carries nothing. */
const leastKl = 0.01;

/** A latent whose mean spreads less than this over the data has collapsed, the prior's own spread being 1. */
const leastDeviation = 0.05;

/**
 * KL(q(z_j | x) || N(0, 1)) of each latent in nats, averaged over the images, [latents]: 0 for a collapsed one.
 * Source: Kingma & Welling 2014 (arXiv 1312.6114), appendix B.
 *
 * @param mean posterior means, [count, latents]
 * @param logVariance log variances of the posterior, [count, latents]
 */
export function meanKl(mean: Float32Array, logVariance: Float32Array, latents: number): Float64Array {
  const sums = new Float64Array(latents);
  const count = mean.length / latents;
  for (let i = 0; i < mean.length; i++)
    sums[i % latents] += (0.5 * (mean[i] ** 2 + Math.exp(logVariance[i]) - logVariance[i] - 1)) / count;
  return sums;
}

/** Which latents are active by their mean KL; where log variances are known, this is the better test. */
export function activeByKl(kl: Float64Array): boolean[] {
  return Array.from(kl, (value) => value >= leastKl);
}

/**
 * Which latents are active by the standard deviation of their mean over the data; for codes alone.
 * Source: disentanglement_lib, factor_vae.py, prune_dims, with the threshold 0.05.
 */
export function activeByDeviation(deviations: Float64Array): boolean[] {
  return Array.from(deviations, (value) => value >= leastDeviation);
}

export interface ActiveLatents {
  /** Mean KL of each latent in nats, [latents]; null where codes have no posterior. */
  readonly kl: Float64Array | null;
  /** Which have not collapsed, by it, or by the spread of their means. */
  readonly active: readonly boolean[];
}

/** Which latents carry something, of the codes of a sample of images. */
export function activeLatents({ mean, logVariance }: Posteriors, latents: number): ActiveLatents {
  if (!logVariance) return { kl: null, active: activeByDeviation(columnDeviations(mean, latents)) };
  const kl = meanKl(mean, logVariance, latents);
  return { kl, active: activeByKl(kl) };
}
