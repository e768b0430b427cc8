import { expect, test } from 'vitest';
import { combinationCount } from './factors.ts';
import { thinnedGrid } from './thinnedGrid.ts';

test('a grid that is small enough stays whole', () => {
  const { sizes, rows } = thinnedGrid([2, 3], 6);
  expect(sizes).toEqual([2, 3]);
  expect([...rows]).toEqual([0, 0, 0, 1, 0, 2, 1, 0, 1, 1, 1, 2]);
});

test('of a larger one every second value of the longest factors is left, from the first on', () => {
  const { sizes, rows } = thinnedGrid([3, 6, 40, 32, 32], 20_000);
  expect(combinationCount(sizes)).toBeLessThanOrEqual(20_000);
  expect(combinationCount(sizes)).toBeGreaterThan(10_000);
  expect(sizes.slice(0, 2)).toEqual([3, 6]);
  expect(rows.length).toBe(5 * combinationCount(sizes));
  expect([...rows.slice(-5)]).toEqual(sizes.map((size, f) => (size - 1) * [1, 1, 4, 4, 4][f]));
});

test('it ends where nothing is left to leave out', () => {
  expect(thinnedGrid([3, 2], 0).sizes).toEqual([1, 1]);
});
