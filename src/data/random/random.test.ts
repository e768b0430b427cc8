import { describe, expect, test } from 'vitest';
import { randomBits, streams } from './philox.ts';
import { boundedFromBits, normals, permutations, uniforms } from './random.ts';

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
});
