import { expect, test } from 'vitest';
import { placeOf, strengthOf } from './scatterPlace.ts';

test('codes stand where their latents say, 0 in the middle and greater ones right and up', () => {
  expect(placeOf(0, 0, 3, 100)).toEqual({ left: 50, top: 50 });
  expect(placeOf(1.75, -1.75, 3, 100)).toEqual({ left: 75, top: 75 });
  expect(placeOf(1.75 / 3, -1.75 / 3, 1, 100)).toEqual({ left: 75, top: 75 });
});

test('what lies beyond stands at the edge, and can be seen', () => {
  expect(placeOf(99, -99, 3, 200)).toEqual({ left: 198, top: 198 });
});

test('an opinion is as strong as it is sure, up to a nat', () => {
  expect([0, 0.5, 1, 7, -0.25, -3, Number.NaN].map(strengthOf)).toEqual([0, 0.5, 1, 1, -0.25, -1, 0]);
});
