import { expect, test } from 'vitest';
import { choiceLines, choiceSummary } from './kernelChoices.ts';

const choice = (i: number) => ({ product: `product ${i}`, kernel: 'a tile', ms: i < 2 ? 0.25 * i : null });

test('each product has a line with its kernel and its time', () => {
  const choices = [0, 1, 2].map(choice);
  expect(choiceSummary(choices)).toBe('kernels measured for 2 of 3 products');
  expect(choiceLines(choices)).toEqual([
    'product 0: a tile; 0.000 ms',
    'product 1: a tile; 0.250 ms',
    'product 2: a tile; not measured yet',
  ]);
});

test('of many, those with the most work', () => {
  const lines = choiceLines(Array.from({ length: 30 }, (_, i) => choice(i)));
  expect(lines.length).toBe(9);
  expect(lines[8]).toBe('and 22 smaller ones');
});
