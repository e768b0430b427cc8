import { describe, expect, test } from 'vitest';
import { streams } from '../data/random/philox.ts';
import { normals } from '../data/random/random.ts';
import { cholesky } from './cholesky.ts';
import { gaussianTotalCorrelation } from './gaussianTotalCorrelation.ts';
import { minibatchTotalCorrelation, samplePosteriors } from './minibatchTotalCorrelation.ts';
import { Work } from './work.ts';

/** `count` draws from N(0, matrix), [count, n]. */
function drawGaussian(matrix: readonly (readonly number[])[], count: number, step: number): Float32Array {
  const n = matrix.length;
  const lower = cholesky(Float64Array.from(matrix.flat()), n);
  if (!lower) throw new Error('not positive definite');
  const noise = normals(11, streams.metricNoise, step, count * n);
  return Float32Array.from({ length: count * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k <= at % n; k++) sum += lower[(at % n) * n + k] * noise[at - (at % n) + k];
    return sum;
  });
}

/** Unit variances, and a correlation rho between every two of n variables: TC = -1/2 ln det, in closed form. */
const equicorrelated = (n: number, rho: number, variance = 1) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? variance : rho)));
const closedForm = (n: number, rho: number) => -0.5 * Math.log((1 - rho) ** (n - 1) * (1 + (n - 1) * rho));

const cases = [
  { n: 2, rho: 0 },
  { n: 2, rho: 0.6 },
  { n: 3, rho: 0.5 },
  { n: 4, rho: 0.3 },
];

describe.each(cases)('a Gaussian of $n variables, correlated by $rho', ({ n, rho }) => {
  const truth = closedForm(n, rho);

  test('the Gaussian estimate', () => {
    const estimate = gaussianTotalCorrelation(drawGaussian(equicorrelated(n, rho), 20_000, 1), n);
    expect(Math.abs(estimate - truth)).toBeLessThan(0.02);
  });

  test('the minibatch estimates, from posteriors that together make the Gaussian', async () => {
    const variance = 0.25;
    const count = 1200;
    const mean = drawGaussian(equicorrelated(n, rho, 1 - variance), count, 2);
    const logVariance = new Float32Array(count * n).fill(Math.log(variance));
    const sample = samplePosteriors(mean, logVariance, 5);
    const posteriors = { latents: n, mean, logVariance, sample };
    // The population of images is without end: no image's own posterior has a weight of its own in q(z).
    const { weighted, stratified } = await minibatchTotalCorrelation(posteriors, 1e12, new Work());
    expect(Math.abs(stratified - truth)).toBeLessThan(0.06);
    expect(Math.abs(weighted - truth)).toBeLessThan(0.06);
    expect(weighted).toBeGreaterThan(stratified);
  });
});

describe('total correlation', () => {
  test('scale and a constant latent do not change the Gaussian estimate', () => {
    const codes = drawGaussian(equicorrelated(3, 0.5), 500, 3);
    const scaled = Float32Array.from({ length: 500 * 4 }, (_, at) =>
      at % 4 === 3 ? 7 : codes[Math.floor(at / 4) * 3 + (at % 4)] * 10 ** (at % 4),
    );
    expect(gaussianTotalCorrelation(scaled, 4)).toBeCloseTo(gaussianTotalCorrelation(codes, 3), 4);
  });

  test('it is infinite where a latent decides another', () => {
    const codes = Float32Array.from(drawGaussian([[1]], 100, 4), (v) => v);
    const doubled = Float32Array.from({ length: 200 }, (_, at) => codes[at >> 1] * (at % 2 === 0 ? 1 : -2));
    expect(gaussianTotalCorrelation(doubled, 2)).toBe(Number.POSITIVE_INFINITY);
  });

  test('posteriors that do not overlap: each image weighs 1 / N in q(z), its share of the sample more', async () => {
    const count = 16;
    const datasetSize = 64;
    // Both latents give the image away, so ln q(z) = ln q(z | x) - ln N and TC = ln N; a sample that stands for the
    // whole has its own count in place of N where all weigh the same.
    const mean = Float32Array.from({ length: count * 2 }, (_, at) => 1000 * (at >> 1));
    const logVariance = new Float32Array(count * 2);
    const posteriors = { latents: 2, mean, logVariance, sample: mean };
    const { weighted, stratified } = await minibatchTotalCorrelation(posteriors, datasetSize, new Work());
    expect(stratified).toBeCloseTo(Math.log(datasetSize), 6);
    expect(weighted).toBeCloseTo(Math.log(count), 6);
  });
});
