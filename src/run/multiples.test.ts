import { expect, test } from 'vitest';
import { nextMultiple } from './multiples.ts';

test.each([
  [0, 25, 25],
  [24, 25, 25],
  [25, 25, 50],
  [7, 1, 8],
  [4_000_000_001, 1000, 4_000_001_000],
])('after step %d, every %d steps, comes step %d', (step, every, next) => {
  expect(nextMultiple(step, every)).toBe(next);
});
