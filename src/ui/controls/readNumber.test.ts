import { describe, expect, test } from 'vitest';
import { ladderStep, readNumber } from './readNumber.ts';

const range = { min: 0, max: 200 };

describe('numbers as they are typed', () => {
  test.each([
    ['35', 35],
    [' 6.4 ', 6.4],
    ['1e-1', 0.1],
    ['2,5', 2.5],
    ['0', 0],
    ['200', 200],
  ])('"%s" is %f', (text, value) => {
    expect(readNumber(text, range)).toEqual({ kind: 'ok', value });
  });

  test.each([
    ['-1', 0],
    ['1e9', 200],
  ])('"%s" becomes %f, and says so', (text, value) => {
    expect(readNumber(text, range)).toMatchObject({ kind: 'repaired', value });
  });

  test('a fraction where whole numbers are asked for is rounded', () => {
    expect(readNumber('3.6', range, true)).toEqual({
      kind: 'repaired',
      value: 4,
      note: 'Whole numbers: took 4',
    });
  });

  test.each(['', '  ', 'abc', 'Infinity', 'NaN', '1 2'])('"%s" is no number', (text) => {
    expect(readNumber(text, range).kind).toBe('unreadable');
  });
});

test('learning rates climb by 1, 2, 5', () => {
  expect(ladderStep(5e-4, 1)).toBe(1e-3);
  expect(ladderStep(5e-4, -1)).toBe(2e-4);
  expect(ladderStep(3e-4, 1)).toBe(5e-4);
  expect(ladderStep(1e-4, -1)).toBe(5e-5);
  expect(ladderStep(1e-6, -1)).toBe(0);
  expect(ladderStep(0, 1)).toBe(1e-6);
});
