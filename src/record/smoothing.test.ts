import { describe, expect, test } from 'vitest';
import { smooth } from './smoothing.ts';

/** A curve recorded at every `every`th step from 0 to 1000. */
function sampled(curve: (step: number) => number, every: number) {
  return Array.from({ length: 1000 / every + 1 }, (_, i) => ({ step: i * every, mean: curve(i * every) }));
}

/** Smoothed values by step. */
function smoothedAt(curve: (step: number) => number, every: number, steps: number): Map<number, number> {
  const points = sampled(curve, every);
  const values = smooth(points, steps);
  return new Map(points.map(({ step }, i) => [step, values[i]]));
}

const at = (values: readonly number[]) => values.map((mean, i) => ({ step: i + 1, mean }));

describe('smoothing by steps', () => {
  const curves: [string, (step: number) => number][] = [
    ['a straight fall', (step) => 100 - step / 10],
    ['a steep fall', (step) => 9 - 8 * Math.min(1, Math.max(0, (step - 400) / 100))],
    ['a roof', (step) => 50 - Math.abs(step - 500) / 10],
    ['a constant', () => 7],
  ];
  test.each(curves)('%s is smoothed the same however often it was recorded', (_, curve) => {
    const fine = smoothedAt(curve, 1, 60);
    for (const every of [4, 20, 50])
      for (const [step, value] of smoothedAt(curve, every, 60))
        expect(value).toBeCloseTo(fine.get(step) ?? Number.NaN, 9);
  });

  test('points at uneven distances count by the steps between them', () => {
    const line = (step: number) => 3 * step;
    const fine = smoothedAt(line, 1, 40);
    const uneven = [0, 1, 2, 10, 400, 401, 900].map((step) => ({ step, mean: line(step) }));
    smooth(uneven, 40).forEach((value, i) => {
      expect(value).toBeCloseTo(fine.get(uneven[i].step) ?? Number.NaN, 9);
    });
  });

  test('a value counts for 1/e of a new one after the length of the smoothing', () => {
    // After a jump from 1 to 0, what is left of the 1 is its weight.
    const values = smoothedAt((step) => (step <= 500 ? 1 : 0), 1, 50);
    const ratio = (values.get(600) ?? 0) / (values.get(550) ?? 1);
    expect(ratio).toBeCloseTo(1 / Math.E, 3);
  });

  test('is the formula: an integral, taken here in small steps', () => {
    const points = [
      { step: 3, mean: 2 },
      { step: 8, mean: -1 },
      { step: 30, mean: 5 },
    ];
    const joined = (s: number) => (s < 8 ? 2 - (3 * (s - 3)) / 5 : -1 + (6 * (s - 8)) / 22);
    const [t, length, parts] = [30, 12, 200_000];
    let [sum, weights] = [0, 0];
    for (let i = 0; i < parts; i++) {
      const s = 3 + ((i + 0.5) * (t - 3)) / parts;
      const weight = Math.exp(-(t - s) / length);
      sum += weight * joined(s);
      weights += weight;
    }
    expect(smooth(points, length)[2]).toBeCloseTo(sum / weights, 6);
  });

  test('0 steps change nothing; none and one point are themselves', () => {
    expect(smooth(at([3, 5, 4, 8]), 0)).toEqual([3, 5, 4, 8]);
    expect(smooth([], 10)).toEqual([]);
    expect(smooth(at([4]), 10)).toEqual([4]);
  });

  test.each([
    ['equal values', [2, 2, 2, 2]],
    ['the greatest of float64', [1.7e308, -1.7e308, 1.7e308]],
    ['the greatest of float32', [3.4e38, 3.4e38, -3.4e38]],
    ['tiny ones', [1e-12, 3e-12, 5e-324]],
    ['a jump by 30 decades', [1e-15, 1e15, 0]],
  ])('%s: no result lies outside the values', (_, values) => {
    for (const steps of [1e-9, 0.3, 5, 1e12])
      for (const value of smooth(at(values), steps)) {
        expect(value).toBeGreaterThanOrEqual(Math.min(...values));
        expect(value).toBeLessThanOrEqual(Math.max(...values));
      }
  });
});
