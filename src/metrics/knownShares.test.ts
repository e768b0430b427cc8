import { describe, expect, test } from 'vitest';
import { type Stream, streams } from '../data/random/philox.ts';
import { normals } from '../data/random/random.ts';
import type { PosteriorSource } from './codeSource.ts';
import { continuousInformation } from './continuousInformation.ts';
import { gridRange } from './imageRange.ts';
import { knownShares } from './knownShares.ts';
import { Work } from './work.ts';

const count = 4000;
const noise = (step: number, stream: Stream = streams.metricNoise) => normals(3, stream, step, count);
const classesOf = (size: number) => Int32Array.from({ length: count }, (_, i) => i % size);

/** I(c + noise; c) of classes 0..size-1, equally likely, in Gaussian noise: by sums over a fine grid. */
function gaussianChannel(size: number, spread: number, deviation: number): number {
  const step = deviation / 50;
  const density = (z: number, c: number) =>
    Math.exp(-0.5 * ((z - c * spread) / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
  let sum = 0;
  for (let z = -8 * deviation; z < (size - 1) * spread + 8 * deviation; z += step) {
    const each = Array.from({ length: size }, (_, c) => density(z, c));
    const mixture = each.reduce((total, p) => total + p / size, 0);
    for (const p of each) if (p > 0) sum += (step / size) * p * Math.log(p / mixture);
  }
  return sum;
}

describe('information of a continuous number about a class', () => {
  test.each([
    [3, 1, 0.2],
    [3, 1, 1],
    [6, 1, 0.5],
    [32, 1, 0.5],
    [32, 1, 4],
  ])('%i classes, %d apart, in noise of %d: the closed form within .05 nats', (size, spread, deviation) => {
    const classes = classesOf(size);
    const values = noise(1).map((value, i) => classes[i] * spread + deviation * value);
    const truth = gaussianChannel(size, spread, deviation);
    expect(Math.abs(continuousInformation(values, classes, size) - truth)).toBeLessThan(0.05);
  });

  test('all of the entropy where classes lie apart, whatever the scale', () => {
    const classes = classesOf(32);
    const values = noise(2).map((value, i) => 1e-3 * (classes[i] + 0.01 * value));
    expect(continuousInformation(values, classes, 32)).toBeCloseTo(Math.log(32), 1);
  });

  test('next to nothing where they are independent', () => {
    for (const size of [2, 6, 32])
      expect(continuousInformation(noise(5), classesOf(size), size)).toBeLessThan(0.05);
  });

  test('nothing of numbers that are all equal, of one class, or of none', () => {
    expect(continuousInformation(new Float32Array(count), classesOf(3), 3)).toBe(0);
    expect(continuousInformation(noise(6), new Int32Array(count), 1)).toBeCloseTo(0, 1);
    expect(continuousInformation(new Float32Array(0), new Int32Array(0), 3)).toBe(0);
  });
});

describe('shares of what is known', () => {
  const factorSizes = [3, 1, 8];
  /**
   * z0 is the last factor; z1 is the first in much noise; z2's mean tells the first, and its posterior is the
   * prior.
   */
  const source: PosteriorSource = {
    ...gridRange(factorSizes),
    latents: 3,
    means: async () => new Float32Array(0),
    async posteriors(factors) {
      const rows = factors.length / 3;
      const fill = (of: (row: Int32Array) => number[]) =>
        Float32Array.from(
          Array.from({ length: rows }, (_, i) => of(factors.subarray(3 * i, 3 * i + 3))).flat(),
        );
      return {
        mean: fill(([a, , c]) => [c / 4 - 1, a, 1e-4 * a]),
        logVariance: fill(() => [Math.log(1e-4), 0, 0]),
      };
    },
  };
  const images = 2048;

  test('of each factor’s entropy, as the decoder gets the code; a latent that is not used knows nothing', async () => {
    const shares = await knownShares(source, { seed: 1, images }, new Work());
    expect(shares[0][2]).toBeGreaterThan(0.98);
    expect(Math.abs(shares[1][0] - gaussianChannel(3, 1, 1) / Math.log(3))).toBeLessThan(0.06);
    for (const [latent, factor] of [
      [0, 0],
      [1, 2],
      [2, 0],
      [2, 2],
    ])
      expect(shares[latent][factor]).toBeLessThan(0.06);
    expect(shares.map((row) => row[1])).toEqual([0, 0, 0]);
  });

  test('the same seed gives the same shares; codes that are no numbers are refused', async () => {
    const first = await knownShares(source, { seed: 2, images: 300 }, new Work());
    expect(await knownShares(source, { seed: 2, images: 300 }, new Work())).toEqual(first);
    const broken: PosteriorSource = {
      ...source,
      posteriors: async ({ length }) => ({
        mean: new Float32Array(length).fill(Number.NaN),
        logVariance: new Float32Array(length),
      }),
    };
    await expect(knownShares(broken, { seed: 2, images: 30 }, new Work())).rejects.toMatchObject({
      name: 'CodesNotFiniteError',
    });
  });
});
