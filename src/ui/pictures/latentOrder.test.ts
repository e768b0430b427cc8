import { expect, test } from 'vitest';
import { byAmount } from './latentOrder.ts';

test('latents go by KL, highest first', () => {
  expect(byAmount([0.1, 3, 2, 0])).toEqual([1, 2, 0, 3]);
});

test('equal ones, and those of unknown KL, which counts as 0, go by their number', () => {
  expect(byAmount([1, 1, 2])).toEqual([2, 0, 1]);
  expect(byAmount([Number.NaN, 0.1, Number.NaN])).toEqual([1, 0, 2]);
});
