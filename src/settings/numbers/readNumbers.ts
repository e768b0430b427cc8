import { plainCharacters } from './characters.ts';
import { listed, type NumberKind, type Refusal, readNumber, refused, tidied } from './readNumber.ts';

export type NumbersReading = { readonly kind: 'numbers'; readonly values: readonly number[] } | Refusal;

/** Spaces are one each by now. A comma without a space beside it may be a decimal one, and stays. */
const separator = / ?[;_] ?| ?, | ,| /;
/** 016, 000: perhaps the rest of a number with thousands. */
const spareZero = /^0\d/;

/**
 * A setting that is a list, such as the widths of convolutions: 8 16, 8_16, 8, 16 and 8;16 are the same. So nothing parts
 * thousands in a list. A comma without a space is refused where it may be a decimal one: once between digits, in a list of
 * numbers that need not be whole.
 */
export function readNumbers(text: string, kind: NumberKind): NumbersReading {
  const plain = plainCharacters(text).trim().replace(/\s+/g, ' ');
  if (plain === '') return refused('empty', text, 'is empty', 'Enter numbers with spaces between them.');
  const values: number[] = [];
  for (const chunk of plain.split(separator)) {
    const parts = chunk.split(',');
    if (kind === 'real' && parts.length === 2 && /^\d+,\d+$/.test(chunk)) return decimalOrList(chunk, parts);
    for (const part of parts) {
      if (part === '')
        return refused('unreadable', text, 'lacks a number between two marks', 'Write, for instance, 8 16.');
      if (values.length > 0 && spareZero.test(part)) return spareZeroIn(text, part);
      const reading = readNumber(part, kind);
      if (reading.kind === 'refused') return reading;
      values.push(reading.value);
    }
  }
  return { kind: 'numbers', values };
}

function decimalOrList(chunk: string, parts: readonly string[]): Refusal {
  const decimal = tidied(chunk.replace(',', '.'));
  const spaced = parts.map(tidied).join(' ');
  const advice = `Write ${decimal}, or ${spaced} with a space.`;
  return refused('ambiguous', chunk, `could mean ${decimal} or ${listed(parts)}`, advice);
}

function spareZeroIn(text: string, part: string): Refusal {
  const advice = `Write ${tidied(part)} if it is a number of its own, else the whole number without a mark.`;
  return refused('ambiguous', text, `could be a list or one number: “${part}” begins with 0`, advice);
}
