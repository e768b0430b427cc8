import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { factorsOf } from '../../data/datasets.ts';
import { middleImage, randomImage } from './choices.ts';

const known = { factors: factorsOf(presets.tiny), imageCount: 18_432 };
const unknown = { factors: null, imageCount: 12 };

test('an image is named by its factors or, where nobody knows them, by its number', () => {
  expect(middleImage(known)).toEqual([1, 3, 0, 16, 16]);
  expect(middleImage(unknown)).toEqual([6]);
});

test('any image is one of those that there are', () => {
  for (let i = 0; i < 100; i++) {
    const [shape, scale, orientation, ...place] = randomImage(known);
    expect([shape < 3, scale < 6, orientation, place.every((value) => value < 32)]).toEqual([
      true,
      true,
      0,
      true,
    ]);
    const [number, ...rest] = randomImage(unknown);
    expect(number).toBeLessThan(12);
    expect(rest).toEqual([]);
  }
});
