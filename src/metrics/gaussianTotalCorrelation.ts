import { cholesky } from './cholesky.ts';
import { covariance } from './covariance.ts';

/** A determinant of correlations below rounding: some latents decide others. */
const leastPivot = 1e-10;

/**
 * Total correlation, in nats, of a Gaussian with the codes' covariance: -1/2 ln det of their correlation matrix. 0 for
 * uncorrelated codes; infinite where latents decide one another; constant latents take no part. It sees linear
 * dependence only, so it is no bound of the true total correlation in either direction unless the codes are Gaussian.
 * Source: disentanglement_lib, unsupervised_metrics.py, gaussian_total_correlation; used by Locatello et al. 2019
 * (arXiv 1811.12359), section 5.2.
 *
 * @param codes [count, latents]: means, for the total correlation of means, or samples, for that of q(z)
 */
export function gaussianTotalCorrelation(codes: Float32Array, latents: number): number {
  const full = covariance(codes, latents);
  const kept = Array.from({ length: latents }, (_, i) => i).filter((i) => full[i * latents + i] > 0);
  const n = kept.length;
  const correlation = new Float64Array(n * n);
  kept.forEach((from, i) => {
    kept.forEach((to, j) => {
      const scale = Math.sqrt(full[from * latents + from] * full[to * latents + to]);
      correlation[i * n + j] = full[from * latents + to] / scale;
    });
  });
  const lower = cholesky(correlation, n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const pivot = lower ? lower[i * n + i] ** 2 : 0;
    if (pivot < leastPivot) return Number.POSITIVE_INFINITY;
    sum -= 0.5 * Math.log(pivot);
  }
  return sum;
}
