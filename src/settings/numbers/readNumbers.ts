import { part } from '../../report.ts';
import { plainCharacters } from './characters.ts';
import { listed, type NumberKind, type Refusal, readNumber, refused, tidied } from './readNumber.ts';

export type NumbersReading = { readonly kind: 'numbers'; readonly values: readonly number[] } | Refusal;

/** Spaces are one each by now. A comma without a space beside it may be a decimal one, and stays. */
const separator = / ?[;_] ?| ?, | ,| /;
/** 016, 000: perhaps the rest of a number with thousands. */
const spareZero = /^0\d/;

/**
 * A setting that is a list, such as the widths of convolutions: 8 16, 8_16, 8, 16 and 8;16 are the same. So
 * nothing parts thousands in a list. A comma without a space is refused where it may be a decimal one: once
 * between digits, in a list of numbers that need not be whole.
 */
export function readNumbers(text: string, kind: NumberKind): NumbersReading {
  const plain = plainCharacters(text).trim().replace(/\s+/g, ' ');
  if (plain === '') return refused('empty', text, part('number.empty'), part('number.enterSeveral'));
  const values: number[] = [];
  for (const chunk of plain.split(separator)) {
    const parts = chunk.split(',');
    if (kind === 'real' && parts.length === 2 && /^\d+,\d+$/.test(chunk)) return decimalOrList(chunk, parts);
    for (const digits of parts) {
      if (digits === '') return refused('unreadable', text, part('number.missing'), part('number.writeList'));
      if (values.length > 0 && spareZero.test(digits)) return spareZeroIn(text, digits);
      const reading = readNumber(digits, kind);
      if (reading.kind === 'refused') return reading;
      values.push(reading.value);
    }
  }
  return { kind: 'numbers', values };
}

function decimalOrList(chunk: string, parts: readonly string[]): Refusal {
  const decimal = tidied(chunk.replace(',', '.'));
  const spaced = parts.map(tidied).join(' ');
  const advice = part('number.writeSpaced', { number: decimal, spaced });
  return refused('ambiguous', chunk, part('number.either', { one: decimal, other: listed(parts) }), advice);
}

function spareZeroIn(text: string, digits: string): Refusal {
  const advice = part('number.writeOwn', { number: tidied(digits) });
  return refused('ambiguous', text, part('number.spareZero', { part: digits }), advice);
}
