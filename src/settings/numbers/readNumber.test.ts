import { describe, expect, test } from 'vitest';
import { word } from '../../locale/word.ts';
import { type NumberKind, type Refusal, readNumber } from './readNumber.ts';

describe('numbers', () => {
  test.each<[string, number]>([
    // Plain decimals.
    ['35', 35],
    ['0', 0],
    ['007', 7],
    ['6.4', 6.4],
    ['.5', 0.5],
    ['5.', 5],
    ['+5', 5],
    ['-5', -5],
    ['-0', 0],
    ['0.000', 0],
    ['1.000', 1],
    ['12.345', 12.345],
    ['4294967295', 4294967295],
    // Exponents.
    ['1e1', 10],
    ['1E-4', 0.0001],
    ['2.5e+3', 2500],
    ['.5e2', 50],
    ['0e99999', 0],
    ['5e-324', 5e-324],
    // White space around, and what cannot be seen.
    ['  35\t', 35],
    ['\u00a035\u202f', 35],
    ['\ufeff35\r\n', 35],
    ['3\u200b5', 35],
    ['\u200e-5\u200f', -5],
    ['\u00ad35', 35],
    // Minus signs and what stands for them.
    ['\u22125', -5],
    ['\u20135', -5],
    ['\uff0d5', -5],
    ['1e\u22124', 0.0001],
    ['1e\u20114', 0.0001],
    // Digits of other scripts.
    ['\uff11\uff10', 10],
    ['\uff11\uff0e\uff15', 1.5],
    ['\uff11\uff45\uff11', 10],
    ['\u0663\u0665', 35],
    ['\u0663\u066b\u0665', 3.5],
    ['\u0661\u066c\u0660\u0660\u0660', 1000],
    ['\u06f1\u06f2\u06f3', 123],
    ['\u096a\u0968', 42],
    ['\u09ea\u09e8', 42],
    ['\u0e59\u0e50', 90],
    ['\u{1d7ce}\u{1d7d9}\u{1d7ec}\u{1d7ff}', 109],
    ['\u{1d7f3}', 7],
    // Thousands.
    ['1 000', 1000],
    ['12\u2009480', 12480],
    ['12\u202f480', 12480],
    ['12\u00a0480', 12480],
    ['1_000_000', 1000000],
    ['\uff11\uff3f\uff10\uff10\uff10', 1000],
    ["1'000.5", 1000.5],
    ['1\u2019000', 1000],
    ['\u22121 000', -1000],
  ])('%j is %d', (text, value) => {
    for (const kind of ['real', 'whole'] as const) {
      // What may be thousands where a whole number is asked for has rows of its own.
      if (kind === 'whole' && /^\d+\.\d{3}$/.test(text) && value !== 0) continue;
      expect(readNumber(text, kind)).toEqual({ kind: 'number', value });
    }
    expect(Object.is(value, -0)).toBe(false);
  });

  const refusals: [string, Refusal['reason'], NumberKind?][] = [
    ['', 'empty'],
    ['  \u00a0', 'empty'],
    ['\u200b', 'empty'],
    ['lots', 'unreadable'],
    ['0x10', 'unreadable'],
    ['0b11', 'unreadable'],
    ['0o7', 'unreadable'],
    ['Infinity', 'unreadable'],
    ['-Infinity', 'unreadable'],
    ['\u221e', 'unreadable'],
    ['NaN', 'unreadable'],
    ['null', 'unreadable'],
    ['.', 'unreadable'],
    ['-', 'unreadable'],
    ['e5', 'unreadable'],
    ['1e', 'unreadable'],
    ['1e5.5', 'unreadable'],
    ['--5', 'unreadable'],
    ['- 5', 'unreadable'],
    ['5-', 'unreadable'],
    ['2-5', 'unreadable'],
    ['1n', 'unreadable'],
    ['10k', 'unreadable'],
    ['50%', 'unreadable'],
    ['1/2', 'unreadable'],
    ['10\u00b2', 'unreadable'],
    ['\u2460', 'unreadable'],
    ['\u00bd', 'unreadable'],
    ['1.2.3', 'unreadable'],
    ['1.000.000', 'unreadable'],
    ['1.000.000', 'unreadable', 'whole'],
    // Spaces that part no thousands.
    ['1 2', 'unreadable'],
    ['8 16', 'unreadable'],
    ['1  000', 'unreadable'],
    ['1 000_000', 'unreadable'],
    ['0 500', 'unreadable'],
    ['1000 000', 'unreadable'],
    ['1\n000', 'unreadable'],
    ['8_16', 'unreadable'],
    // Commas.
    [',', 'unreadable'],
    [',5', 'unreadable'],
    ['5,', 'unreadable'],
    ['1,x', 'unreadable'],
    ['1,000', 'ambiguous'],
    ['4,000', 'ambiguous', 'whole'],
    ['12,500', 'ambiguous'],
    ['-1,000', 'ambiguous'],
    ['\uff11\uff0c\uff10\uff10\uff10', 'ambiguous'],
    ['\u0661\u060c\u0665', 'ambiguous'],
    ['2,5', 'ambiguous'],
    ['0,001', 'ambiguous'],
    ['0,5e-3', 'ambiguous'],
    ['1,234.5', 'ambiguous'],
    ['1.234,5', 'ambiguous'],
    ['1,000,000', 'ambiguous'],
    // Points that may part thousands.
    ['4.000', 'ambiguous', 'whole'],
    ['12.500', 'ambiguous', 'whole'],
    // Beyond what a number holds.
    ['1e400', 'tooLarge'],
    ['-1e400', 'tooLarge'],
    ['1e99999999999999999999', 'tooLarge'],
    ['9'.repeat(400), 'tooLarge'],
    ['1e-400', 'tooSmall'],
    [`0.${'0'.repeat(400)}1`, 'tooSmall'],
  ];
  test.each(refusals)('%j is refused: %s', (text, reason, kind = 'real') => {
    expect(readNumber(text, kind)).toMatchObject({ kind: 'refused', reason });
  });

  test.each<[string, NumberKind, string]>([
    ['1,000', 'real', '“1,000” could mean 1000 or 1. Write 1000 or 1.'],
    ['12,500', 'real', '“12,500” could mean 12500 or 12.5. Write 12500 or 12.5.'],
    ['4.000', 'whole', '“4.000” could mean 4000 or 4. Write 4000 or 4.'],
    ['2,5', 'real', '“2,5” could mean 2.5 or the list 2 and 5. Write 2.5, or one number without a comma.'],
    [
      '0,001',
      'real',
      '“0,001” could mean 0.001 or the list 0 and 1. Write 0.001, or one number without a comma.',
    ],
    [',5', 'real', '“,5” is not a plain number. Write 0.5.'],
    ['1.000.000', 'whole', '“1.000.000” is not a plain number. Write 1000000.'],
    ['0x10', 'real', '“0x10” is not a number. Write digits, such as 10, 0.5 or 1e-4.'],
    ['1e400', 'real', '“1e400” is too large to calculate with. The largest number is about 1.8e308.'],
    ['1e-400', 'real', '“1e-400” is so small that it would become 0. Write 0, or a larger number.'],
    ['', 'real', 'Enter a number.'],
  ])('%j: both readings, and what to write', (text, kind, message) => {
    const reading = readNumber(text, kind);
    expect(reading.kind === 'refused' && word(reading.message)).toBe(message);
  });
});

describe('whatever is typed', () => {
  /** Small, and the same at every run. */
  function* draws(seed: number): Generator<number> {
    for (let state = seed; ; state = (Math.imul(state, 1664525) + 1013904223) >>> 0) yield state / 2 ** 32;
  }

  test('nothing throws, and what is read is finite and reads back', () => {
    const alphabet = [..."0123456789.,e+-_ 'x\u2212\uff11\u0663\u200b\u00a0\ud800\u{1d7ce}\\%;)"];
    const random = draws(1);
    const draw = (count: number) => Math.floor(Number(random.next().value) * count);
    let numbers = 0;
    for (let i = 0; i < 20_000; i++) {
      const text = Array.from({ length: draw(9) }, () => alphabet[draw(alphabet.length)]).join('');
      const reading = readNumber(text, i % 2 === 0 ? 'real' : 'whole');
      if (reading.kind === 'refused') {
        expect(word(reading.message)).toMatch(/\.$/);
        continue;
      }
      numbers++;
      expect(Number.isFinite(reading.value)).toBe(true);
      expect(readNumber(String(reading.value), 'real')).toEqual(reading);
    }
    expect(numbers).toBeGreaterThan(400);
  });

  const million = 1_000_000;
  // A reader that is not linear would take days for these.
  test.each<[string, string]>([
    ['digits and a letter', `${'1'.repeat(million)}x`],
    ['spaces and a letter', `${' '.repeat(million)}x`],
    ['a number, spaces and a letter', `1${' '.repeat(million)}x`],
    ['commas', ','.repeat(million)],
    ['numbers with commas', '1,'.repeat(million / 2)],
    ['groups', `1${',000'.repeat(million / 4)}x`],
    ['spaced groups', `1${' 000'.repeat(million / 4)} 00`],
    ['points', '.'.repeat(million)],
    ['exponents', 'e1'.repeat(million / 2)],
    ['a long exponent', `1e${'1'.repeat(million)}x`],
    ['signs', '+'.repeat(million)],
    ['full-width digits', '\uff11'.repeat(million)],
    ['mathematical digits', '\u{1d7ff}'.repeat(million / 20)],
    ['what cannot be seen', `${'\u200b'.repeat(million)}x`],
  ])('very long texts are refused: %s', (_, text) => {
    for (const kind of ['real', 'whole'] as const) {
      const reading = readNumber(text, kind);
      expect(reading.kind).toBe('refused');
      if (reading.kind === 'refused') expect(word(reading.message).length).toBeLessThan(300);
    }
  });
});
