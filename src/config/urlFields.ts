import { spelled } from './link.ts';
import { type NumberKind, type Refusal, readNumber } from './numbers/readNumber.ts';
import { readNumbers } from './numbers/readNumbers.ts';
import { limits, type Range } from './schema.ts';

/** The values that a setting may have in an address: how each is read, with the nearest valid one taken, and written. */

export type FieldReading<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly asGiven: boolean }
  | { readonly kind: 'refused'; readonly why?: string };

export interface Field<Value> {
  read(text: string): FieldReading<Value>;
  /** The text of a value, which `read` gives back. */
  write(value: Value): string;
}

export const clamp = (value: number, { min, max }: Range) => Math.min(max, Math.max(min, value));

const refusedBecause = ({ problem }: Refusal) => ({ kind: 'refused', why: problem }) as const;

function numberField(kind: NumberKind, range: Range): Field<number> {
  return {
    read: (text) => {
      const reading = readNumber(text, kind);
      if (reading.kind === 'refused') return refusedBecause(reading);
      const value = nearest(kind, range, reading.value);
      return { kind: 'value', value, asGiven: value === reading.value };
    },
    write: String,
  };
}

function nearest(kind: NumberKind, range: Range, value: number): number {
  const inside = clamp(value, range);
  return kind === 'whole' ? Math.round(inside) : inside;
}

export const real = (range: Range) => numberField('real', range);
export const whole = (range: Range) => numberField('whole', range);

export function choice<Value extends string>(values: readonly Value[]): Field<Value> {
  return {
    read: (text) => {
      const value = values.find((known) => spelled(known) === spelled(text));
      return value === undefined ? { kind: 'refused' } : { kind: 'value', value, asGiven: true };
    },
    write: (value) => value,
  };
}

const listSeparator = '_';

interface NumberList {
  readonly values: number[];
  readonly asGiven: boolean;
}

/** The numbers of a list, each the nearest valid one. */
function readList(text: string, kind: NumberKind, range: Range): NumberList | Refusal {
  const reading = readNumbers(text, kind);
  if (reading.kind === 'refused') return reading;
  const values = reading.values.map((value) => nearest(kind, range, value));
  return { values, asGiven: values.every((value, i) => value === reading.values[i]) };
}

export const convWidths: Field<number[]> = {
  read: (text) => {
    const list = readList(text, 'whole', limits.convWidth);
    if ('kind' in list) return refusedBecause(list);
    const value = list.values.slice(0, limits.convLayers.max);
    return { kind: 'value', value, asGiven: list.asGiven && value.length === list.values.length };
  },
  write: (widths) => widths.join(listSeparator),
};

export const adamBetas: Field<[number, number]> = {
  read: (text) => {
    const list = readList(text, 'real', limits.adamBeta);
    if ('kind' in list) return refusedBecause(list);
    const [first, second] = list.values;
    if (list.values.length !== 2) return { kind: 'refused', why: 'must be two numbers' };
    return { kind: 'value', value: [first, second], asGiven: list.asGiven };
  },
  write: (betas) => betas.join(listSeparator),
};

export const channels: Field<1 | 3> = {
  read: (text) => {
    const reading = readNumber(text, 'whole');
    if (reading.kind === 'refused') return refusedBecause(reading);
    const value = ([1, 3] as const).find((known) => known === reading.value);
    return value === undefined
      ? { kind: 'refused', why: 'must be 1 or 3' }
      : { kind: 'value', value, asGiven: true };
  },
  write: String,
};
