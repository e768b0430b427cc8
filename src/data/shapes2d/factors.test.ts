import { expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { word } from '../../locale/word.ts';
import { type FactorGrid, factorsOfGrid } from './factors.ts';

const wordsOf = (grid: FactorGrid) =>
  Object.fromEntries(factorsOfGrid(grid).map(({ name, values }) => [name, values.map(word)]));

test('every value of every factor has a name that a person reads', () => {
  const { shape, scale, orientation, posX } = wordsOf(presets.paper.factors);
  expect(shape).toEqual(['square', 'ellipse', 'heart']);
  expect(scale).toEqual(['0.5', '0.6', '0.7', '0.8', '0.9', '1.0']);
  expect([orientation.length, orientation[1], orientation[20], orientation[39]]).toEqual([
    40,
    '9°',
    '185°',
    '0°',
  ]);
  expect([posX.length, posX[0], posX[31]]).toEqual([32, '1 of 32', '32 of 32']);
  expect(factorsOfGrid(presets.paper.factors).map(({ label }) => word(label))).toEqual([
    'Shape',
    'Scale',
    'Orientation',
    'Position x',
    'Position y',
  ]);
});

test('a factor of one value is fixed; one shape is the square', () => {
  const words = wordsOf({ shape: 1, scale: 1, orientation: 1, posX: 1, posY: 2 });
  expect(Object.values(words)).toEqual([['square'], ['fixed'], ['fixed'], ['fixed'], ['1 of 2', '2 of 2']]);
});
