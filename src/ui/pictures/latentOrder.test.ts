import { expect, test } from 'vitest';
import { latentOrder } from './latentOrder.ts';

test('latents go by KL, highest first', () => {
  expect(latentOrder([0.1, 3, 2, 0], [])).toEqual([1, 2, 0, 3]);
  expect(latentOrder([0.1, 3, 2, 0], [0, 1, 2, 3])).toEqual([1, 2, 0, 3]);
});

test('rows that are about equal keep their places', () => {
  expect(latentOrder([3, 3.1], [0, 1])).toEqual([0, 1]);
  expect(latentOrder([3, 3.6], [0, 1])).toEqual([1, 0]);
});

test('unknown values count as 0, in the latents’ own order', () => {
  expect(latentOrder([Number.NaN, Number.NaN, Number.NaN], [])).toEqual([0, 1, 2]);
});
