import { type Part, part } from '../../report.ts';
import { plainCharacters, quoted, shortened } from './characters.ts';

/**
 * The one reader of numbers that a person wrote: in boxes, addresses and on the command line. docs/numbers.md has
 * the grammar. It is pure and never throws, and linear in the length of the text: no repeated part of its patterns
 * can match what its neighbour matches.
 */

/** What a setting takes: any number, or whole numbers only. */
export type NumberKind = 'real' | 'whole';

/** Why a text was not taken as a number. */
export interface Refusal {
  readonly kind: 'refused';
  readonly reason: 'empty' | 'unreadable' | 'ambiguous' | 'tooLarge' | 'tooSmall';
  /** What is wrong, to stand after the text: "is not a number", "could mean 1000 or 1". */
  readonly problem: Part;
  /** Whole sentences: what is wrong and what to write instead. */
  readonly message: Part;
}

export type NumberReading = { readonly kind: 'number'; readonly value: number } | Refusal;

const shape = /^([+-]?)([\d.,' _]*)((?:e[+-]?\d+)?)$/i;
/** 35, 6.4, 5., .5 */
const plainDigits = /^(?:\d+(?:\.\d*)?|\.\d+)$/;
/** 12 480, 1_000_000, 1'000.5: the first group without a spare zero, one mark throughout. */
const groupedDigits = /^[1-9]\d{0,2}([ _'])\d{3}(?:\1\d{3})*(?:\.\d*)?$/;
/** 4.000, where points may part thousands */
const pointGroups = /^[1-9]\d{0,2}(?:\.\d{3})+$/;
/** 1,000 and 1,234.5 */
const commaGroups = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/;
/** 1.000,5 */
const pointGroupsWithComma = /^[1-9]\d{0,2}(?:\.\d{3})+,\d*$/;
/** 2,5 and ,5 */
const decimalComma = /^(?:\d+,\d*|,\d+)$/;

/**
 * A text as a number. Every number is finite; a whole one is asked for only to tell 4.000, which may be 4000, from
 * a fraction: whether the number found is whole and within its limits is for the setting to say.
 */
export function readNumber(text: string, kind: NumberKind): NumberReading {
  const plain = plainCharacters(text).trim();
  if (plain === '') return refused('empty', text, part('number.empty'), part('number.enter'));
  const [, sign, body, exponent] = shape.exec(plain) ?? [];
  if (body === undefined) return notANumber(text);
  if (kind === 'whole' && exponent === '' && pointGroups.test(body))
    return pointGroupsReading(text, sign, body);
  if (plainDigits.test(body)) return finite(text, sign + body + exponent);
  if (groupedDigits.test(body)) return finite(text, sign + body.replace(/[ _']/g, '') + exponent);
  return body.includes(',') ? withComma(text, commaReadings(plain)) : notANumber(text);
}

/** What a text with commas may mean; each reading in the digits of a plain number, null where it is none. */
export interface CommaReadings {
  /** The commas part thousands, or points do and the comma is the decimal one. */
  readonly grouped: string | null;
  /** The comma is a decimal one. */
  readonly decimal: string | null;
  /** The commas part several numbers. */
  readonly list: readonly string[] | null;
}

export function commaReadings(plain: string): CommaReadings {
  const [, sign, body, exponent] = shape.exec(plain) ?? [];
  if (body === undefined) return { grouped: null, decimal: null, list: listOf(plain) };
  const whole = (digits: string) => sign + digits + exponent;
  const grouped = commaGroups.test(body)
    ? whole(body.replaceAll(',', ''))
    : pointGroupsWithComma.test(body)
      ? whole(body.replaceAll('.', '').replace(',', '.'))
      : null;
  const decimal = decimalComma.test(body) ? whole(body.replace(',', '.')) : null;
  return { grouped, decimal, list: listOf(plain) };
}

/** Digits as a person would write them: 1 for 1.000, 0.5 for .5. */
export function tidied(digits: string): string {
  const value = Number(digits);
  return shortened(Number.isFinite(value) ? String(value) : digits);
}

/** "0 and 5", "1, 2 and 3", "a list of 12 numbers" */
export function listed(numbers: readonly string[]): Part {
  if (numbers.length > 4) return part('number.longList', { count: numbers.length });
  return part('number.list', {
    first: numbers.slice(0, -1).map(tidied),
    last: tidied(numbers[numbers.length - 1]),
  });
}

export function refused(reason: Refusal['reason'], text: string, problem: Part, advice: Part): Refusal {
  const message =
    reason === 'empty' ? advice : part('number.refused', { text: quoted(text.trim()), problem, advice });
  return { kind: 'refused', reason, problem, message };
}

function listOf(plain: string): string[] | null {
  const parts = plain.split(',');
  return parts.length > 1 && parts.every((part) => isPlain(part.trim())) ? parts : null;
}

function isPlain(part: string): boolean {
  const [, , body] = shape.exec(part) ?? [];
  return body !== undefined && plainDigits.test(body);
}

function finite(text: string, digits: string): NumberReading {
  const value = Number(digits);
  if (!Number.isFinite(value))
    return refused('tooLarge', text, part('number.tooLarge'), part('number.largest'));
  if (value === 0) {
    if (/[1-9]/.test(digits.split(/e/i, 1)[0]))
      return refused('tooSmall', text, part('number.tooSmall'), part('number.writeZero'));
    // Without the sign of −0.
    return { kind: 'number', value: 0 };
  }
  return { kind: 'number', value };
}

function notANumber(text: string): Refusal {
  return refused('unreadable', text, part('number.notANumber'), part('number.writeDigits'));
}

function pointGroupsReading(text: string, sign: string, body: string): Refusal {
  const thousands = tidied(sign + body.replaceAll('.', ''));
  return body.indexOf('.') === body.lastIndexOf('.')
    ? either(text, thousands, tidied(sign + body))
    : refused('unreadable', text, part('number.notPlain'), part('number.write', { number: thousands }));
}

function withComma(text: string, { grouped, decimal, list }: CommaReadings): Refusal {
  const single = grouped ?? decimal;
  if (single === null)
    return list
      ? refused('unreadable', text, part('number.isList', { list: listed(list) }), part('number.writeOne'))
      : notANumber(text);
  const number = tidied(single);
  if (grouped !== null && decimal !== null) return either(text, number, tidied(decimal));
  if (list === null)
    return refused('unreadable', text, part('number.notPlain'), part('number.write', { number }));
  const advice = part('number.writeWithoutComma', { number });
  return refused('ambiguous', text, part('number.either', { one: number, other: listed(list) }), advice);
}

function either(text: string, one: string, other: string): Refusal {
  return refused(
    'ambiguous',
    text,
    part('number.either', { one, other }),
    part('number.writeEither', { one, other }),
  );
}
