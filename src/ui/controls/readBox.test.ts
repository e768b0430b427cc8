import { describe, expect, test } from 'vitest';
import { readBox } from './readBox.ts';

const range = { min: 0, max: 200 };

describe('what is typed in a box', () => {
  test.each([
    ['35', 35],
    [' 6.4 ', 6.4],
    ['1e-1', 0.1],
    ['\uff11\uff10', 10],
    ['0', 0],
    ['200', 200],
  ])('"%s" is %f', (text, value) => {
    expect(readBox(text, range)).toEqual({ kind: 'ok', value });
  });

  test.each([
    ['-1', 0],
    ['\u22121', 0],
    ['1e9', 200],
    ['1 000', 200],
  ])('"%s" becomes %f, and says so', (text, value) => {
    expect(readBox(text, range)).toEqual({
      kind: 'repaired',
      value,
      note: `Allowed: 0 to 200. Set to ${value}.`,
    });
  });

  test.each(['', '  ', 'abc', 'Infinity', 'NaN', '0x10', '1 2', '2,5', '1,000', '1e400', '1e-400'])(
    '"%s" is refused, and a sentence says what to write',
    (text) => {
      expect(readBox(text, range)).toEqual({ kind: 'refused', note: expect.stringMatching(/\.$/) });
    },
  );
});
