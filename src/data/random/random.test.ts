import { describe, expect, test } from 'vitest';
import { randomBits, streams } from './philox.ts';
import { boundedFromBits, generatorInputs, normals, permutations, uniforms } from './random.ts';

describe('random numbers', () => {
  test('bounded numbers are uniform over their range', () => {
    const counts = new Array<number>(6).fill(0);
    const bits = randomBits(1, streams.batch1, 0, 60_000);
    for (const word of bits) counts[boundedFromBits(word, 6)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(20.5); // 5 degrees of freedom, p = 0.001
    expect(boundedFromBits(0, 6)).toBe(0);
    expect(boundedFromBits(0xffffffff, 6)).toBe(5);
  });

  test('uniforms lie in [0, 1) with the right mean and variance', () => {
    const values = uniforms(2, streams.initialisation, 0, 50_000);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
  });

  test('normals have the moments of N(0, 1), neighbours uncorrelated', () => {
    const values = normals(4, streams.noise1, 7, 100_001);
    const moment = (power: number) => values.reduce((sum, v) => sum + v ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.016);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.023);
    expect(Math.abs(moment(3))).toBeLessThan(0.062);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.16);
    let product = 0;
    for (let i = 1; i < values.length; i++) product += values[i] * values[i - 1];
    expect(Math.abs(product / values.length)).toBeLessThan(0.016);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  test('each row is a permutation of its own', () => {
    const rows = permutations(6, streams.permutation, 3, 5, 33);
    const texts = new Set<string>();
    for (let row = 0; row < 5; row++) {
      const values = [...rows.subarray(row * 33, (row + 1) * 33)];
      texts.add(values.join());
      expect(values.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 33 }, (_, i) => i));
    }
    expect(texts.size).toBe(5);
  });

  test('permutations are uniform: every element goes to every place equally often', () => {
    const length = 6;
    const draws = 6000;
    const rows = permutations(8, streams.permutation, 0, draws, length);
    const counts = new Array<number>(length * length).fill(0);
    rows.forEach((value, at) => {
      counts[(at % length) * length + value]++;
    });
    const expected = draws / length;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(52.6); // 25 degrees of freedom, p = 0.001
  });

  test('inputs of a generator: reals within (-1, 1) around 0, and one category in all, each as likely', () => {
    const of = { codes: 2, categories: 3, noise: 1 };
    const count = 3000;
    const inputs = generatorInputs(5, streams.generatorInput, 7, count, of);
    const chosen = [0, 0, 0];
    const sums = [0, 0, 0];
    for (let row = 0; row < count; row++) {
      const [a, b, ...rest] = inputs.subarray(6 * row, 6 * row + 6);
      const oneHot = rest.slice(0, 3);
      expect([...oneHot].sort()).toEqual([0, 0, 1]);
      chosen[oneHot.indexOf(1)]++;
      [a, b, rest[3]].forEach((value, i) => {
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        sums[i] += value;
      });
    }
    // Means of 3000 have a deviation of 0.0105, counts one of 26.
    for (const sum of sums) expect(Math.abs(sum / count)).toBeLessThan(0.045);
    for (const times of chosen) expect(Math.abs(times - count / 3)).toBeLessThan(110);
  });
});
