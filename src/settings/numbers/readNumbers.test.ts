import { describe, expect, test } from 'vitest';
import { word } from '../../locale/word.ts';
import type { NumberKind } from './readNumber.ts';
import { readNumbers } from './readNumbers.ts';

describe('lists of numbers', () => {
  test.each<[string, NumberKind, number[]]>([
    ['8', 'whole', [8]],
    ['8 16', 'whole', [8, 16]],
    ['  8   16  ', 'whole', [8, 16]],
    ['8_16_32', 'whole', [8, 16, 32]],
    ['8, 16', 'whole', [8, 16]],
    ['8 , 16', 'whole', [8, 16]],
    ['8,16', 'whole', [8, 16]],
    ['128,256', 'whole', [128, 256]],
    ['128 256', 'whole', [128, 256]],
    ['8;16', 'whole', [8, 16]],
    ['8\n16', 'whole', [8, 16]],
    ['8\u200916', 'whole', [8, 16]],
    ['\uff18\u3000\uff11\uff16', 'whole', [8, 16]],
    ['\u0668\u060c \u0661\u0666', 'whole', [8, 16]],
    ['0.9 0.999', 'real', [0.9, 0.999]],
    ['0.9, 0.999', 'real', [0.9, 0.999]],
    ['0.9,0.999', 'real', [0.9, 0.999]],
    ['0.9_0.999', 'real', [0.9, 0.999]],
    ['.9; .999', 'real', [0.9, 0.999]],
    ['0 0.9', 'real', [0, 0.9]],
    ['0, 0', 'real', [0, 0]],
    ['1,2,3', 'real', [1, 2, 3]],
  ])('%j of %s numbers', (text, kind, values) => {
    expect(readNumbers(text, kind)).toEqual({ kind: 'numbers', values });
  });

  test.each<[string, NumberKind, string | RegExp]>([
    ['', 'real', /^Enter numbers/],
    ['8 x', 'whole', /^“x” is not a number/],
    ['8,,16', 'whole', /lacks a number/],
    ['8, 16,', 'whole', /lacks a number/],
    ['0,9 0,999', 'real', '“0,9” could mean 0.9 or the list 0 and 9. Write 0.9, or 0 9 with a space.'],
    ['0,9', 'real', /could mean 0.9 or the list 0 and 9/],
    ['0,9_0,999', 'real', /could mean 0.9 or/],
    ['1,000', 'whole', /could be a list or one number/],
    ['1 000', 'whole', /could be a list or one number/],
    ['8 1.000', 'whole', /could mean 1000 or 1/],
    ['8 0x10', 'whole', /“0x10” is not a number/],
    ['0.9 1e400', 'real', /too large/],
  ])('%j of %s numbers is refused', (text, kind, message) => {
    const reading = readNumbers(text, kind);
    expect(reading.kind === 'refused' && word(reading.message)).toMatch(message);
  });

  test('a million characters are refused', () => {
    for (const mark of [' ', ',', ', ', '_', ';', '8 ', ' ,'])
      expect(readNumbers(`${mark.repeat(1_000_000 / mark.length)}x`, 'real').kind).toBe('refused');
  });
});
