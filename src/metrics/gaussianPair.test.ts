import { describe, expect, test } from 'vitest';
import { streams } from '../data/random/philox.ts';
import { normals } from '../data/random/random.ts';
import { gaussianPairOpinions } from './gaussianPair.ts';
import { gaussianTotalCorrelation } from './gaussianTotalCorrelation.ts';

const count = 3000;
const noise = normals(4, streams.metricNoise, 0, 2 * count);
const correlated = (rho: number) =>
  noise.map((value, at) =>
    at % 2 === 0 ? 3 + 2 * value : rho * noise[at - 1] + Math.sqrt(1 - rho * rho) * value,
  );
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the opinion of a Gaussian about pairs', () => {
  test.each([0, 0.5, -0.9])('its mean over its own sample is the Gaussian total correlation: %d', (rho) => {
    const sample = correlated(rho);
    expect(mean(gaussianPairOpinions(sample, sample))).toBeCloseTo(gaussianTotalCorrelation(sample, 2), 2);
  });

  test('is the closed form at a point, and less for pairs that go against the correlation', () => {
    const sample = correlated(0.8);
    const [along, against] = gaussianPairOpinions(sample, Float32Array.of(5, 1, 5, -1));
    const closed = (x: number, y: number) =>
      -0.5 * Math.log(0.36) - (0.64 * (x * x + y * y) - 1.6 * x * y) / 0.72;
    expect(Math.abs(along - closed(1, 1))).toBeLessThan(0.1);
    expect(Math.abs(against - closed(1, -1))).toBeLessThan(0.4);
    expect(along).toBeGreaterThan(0);
    expect(against).toBeLessThan(0);
  });

  test('is none of numbers that do not vary, and finite of those that decide one another', () => {
    const constant = noise.map((value, at) => (at % 2 === 0 ? 1 : value));
    expect(gaussianPairOpinions(constant, constant).every((opinion) => opinion === 0)).toBe(true);
    const same = noise.map((_, at) => noise[at - (at % 2)]);
    expect(gaussianPairOpinions(same, noise).every(Number.isFinite)).toBe(true);
  });
});
