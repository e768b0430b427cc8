import { expect, test } from 'vitest';
import { rowCodes, traversalValues } from './traversal.ts';

test('values go as far as they may either way, in even steps', () => {
  expect(traversalValues(3, 1)).toEqual([-1, 0, 1]);
  expect(traversalValues(9, 3)).toEqual([-3, -2.25, -1.5, -0.75, 0, 0.75, 1.5, 2.25, 3]);
});

test('along a row one latent moves and the others stay, row by row', () => {
  const codes = rowCodes(Float32Array.of(7, 8, 9), [
    { latent: 2, values: [1, 2] },
    { latent: 0, values: [-1] },
  ]);
  expect([...codes]).toEqual([7, 8, 1, 7, 8, 2, -1, 8, 9]);
  expect(rowCodes(Float32Array.of(7), [])).toHaveLength(0);
});
