import { columnMeans, covariance } from './covariance.ts';

/** A correlation nearer to 1 than this makes one number decide the other, and log ratios without bound. */
const mostCorrelated = 1 - 1e-6;
/** A number that varies less than this is constant but for rounding. */
const leastVariance = 1e-12;

/**
 * ln p(x, y) - ln p(x) p(y) of pairs of numbers in nats, by a Gaussian with the correlation of a sample: what a
 * discriminator of such pairs would say that sees linear dependence only. Its mean over the sample itself is the
 * Gaussian total correlation, -1/2 ln(1 - correlation^2). 0 throughout where either number does not vary.
 *
 * @param sample that the Gaussian is fitted to, [count, 2]
 * @param pairs [count, 2]
 */
export function gaussianPairOpinions(sample: Float32Array, pairs: Float32Array): Float32Array<ArrayBuffer> {
  const means = columnMeans(sample, 2);
  const [xx, , xy, yy] = covariance(sample, 2);
  const deviations = [Math.sqrt(xx), Math.sqrt(yy)];
  if (!(xx > leastVariance && yy > leastVariance)) return new Float32Array(pairs.length / 2);
  const correlation = xy / (deviations[0] * deviations[1]);
  const rho = Math.max(-mostCorrelated, Math.min(mostCorrelated, correlation));
  const rest = 1 - rho * rho;
  return Float32Array.from({ length: pairs.length / 2 }, (_, i) => {
    const x = (pairs[2 * i] - means[0]) / deviations[0];
    const y = (pairs[2 * i + 1] - means[1]) / deviations[1];
    return -0.5 * Math.log(rest) - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * rest);
  });
}
