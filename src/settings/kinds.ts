import { z } from 'zod';
import { type Part, part } from '../report.ts';
import { formatSetting } from './numbers/formatSetting.ts';
import { type NumberKind, type Refusal, readNumber } from './numbers/readNumber.ts';
import { readNumbers } from './numbers/readNumbers.ts';
import { keysOf, objectOf } from './objects.ts';
import type { PresetName } from './scopes.ts';
import type { Acts, Entry, Facts, Grid, Range, Repair, Setting } from './setting.ts';
import { spelled } from './spelling.ts';

// The page's content security policy forbids code made from text, which zod would try.
z.config({ jitless: true });

/** The kinds of settings: each knows its schema, and how its values are read from text and written to it. */

/** A number with limits, which sliders and boxes ask for. */
export type RangedSetting<How extends Acts> = Setting<number, How> & Range;

/** Between the numbers of a value that is a list, in an address and on a command line. */
export const listSeparator = '_';

/** Any number from `min` to `max`. */
export function real<How extends Acts>(range: Range, facts: Facts<number, How>): RangedSetting<How> {
  return ranged('real', range, facts, formatSetting);
}

/** A whole number from `min` to `max`. */
export function whole<How extends Acts>(range: Range, facts: Facts<number, How>): RangedSetting<How> {
  return ranged('whole', range, facts, String);
}

/** One of a few words. */
export function choice<const Word extends string, How extends Acts>(
  values: readonly Word[],
  facts: Facts<NoInfer<Word>, How>,
): Setting<Word, How> {
  const find = (text: string) => values.find((word) => spelled(word) === spelled(text));
  return {
    ...facts,
    ...entry(z.enum(values), facts),
    allowed: { kind: 'word', values },
    // A word that is none of these is for the schema to refuse.
    read: (text) => ({ kind: 'value', value: find(text) ?? text }),
    repair: (text) => repairWord(values, text),
    write: (word) => word,
    show: (word) => word,
  };
}

/** A text of an address as one of a few words, in any case and with hyphens or without. */
export function repairWord<Word extends string>(values: readonly Word[], text: string): Repair<Word> {
  const value = values.find((word) => spelled(word) === spelled(text));
  return value === undefined ? { kind: 'refused' } : { kind: 'value', value, asGiven: true };
}

/** One of a few whole numbers. */
export function oneOf<const Value extends number, How extends Acts>(
  values: readonly Value[],
  facts: Facts<NoInfer<Value>, How>,
): Setting<Value, How> {
  return {
    ...facts,
    ...entry(z.literal(values), facts),
    allowed: { kind: 'oneOf', values },
    read: (text) => numberValue('whole', text),
    repair: (text) => {
      const reading = readNumber(text, 'whole');
      if (reading.kind === 'refused') return refusedBecause(reading);
      const value = values.find((known) => known === reading.value);
      if (value === undefined) return { kind: 'refused', why: part('number.oneOf', { values }) };
      return { kind: 'value', value, asGiven: true };
    },
    write: String,
    show: String,
  };
}

/** As many whole numbers as `count` allows. */
export function wholes<How extends Acts>(
  range: Range,
  count: Range,
  facts: Facts<number[], How>,
): Setting<number[], How> {
  return {
    ...facts,
    ...entry(z.array(numberSchema('whole', range)).min(count.min).max(count.max), facts),
    allowed: { kind: 'list', numbers: 'whole', ...range, count },
    ...listTexts('whole'),
    repair: (text) => {
      const list = repairList('whole', range, text);
      if (list.kind === 'refused') return list;
      const value = list.value.slice(0, count.max);
      return { kind: 'value', value, asGiven: list.asGiven && value.length === list.value.length };
    },
  };
}

/** Two numbers. */
export function pair<How extends Acts>(
  range: Range,
  facts: Facts<[number, number], How>,
): Setting<[number, number], How> {
  const each = numberSchema('real', range);
  return {
    ...facts,
    ...entry(z.tuple([each, each]), facts),
    allowed: { kind: 'list', numbers: 'real', ...range, count: { min: 2, max: 2 } },
    ...listTexts('real'),
    repair: (text) => {
      const list = repairList('real', range, text);
      if (list.kind === 'refused') return list;
      const [first, second] = list.value;
      if (list.value.length !== 2) return { kind: 'refused', why: part('number.mustBeTwo') };
      return { kind: 'value', value: [first, second], asGiven: list.asGiven };
    },
  };
}

/** Whole numbers under names of their own, which are one object in a configuration. */
export function grid<Part extends string>(
  parts: Readonly<Record<Part, Setting<number>>>,
): Grid<Record<Part, number>> {
  const names = keysOf(parts);
  const shape: Record<string, z.ZodType<number>> = {};
  for (const name of names) shape[name] = parts[name].schema;
  const values = z.strictObject(shape);
  // Where every part has a value in files that lack it, so has the whole.
  const isOld = names.every((name) => parts[name].absent !== undefined);
  return {
    parts,
    schema: (isOld ? values.prefault({}) : values).transform((values) =>
      objectOf<Record<Part, number>>(names, (name) => values[name]),
    ),
    inPreset: (preset) => objectOf<Record<Part, number>>(names, (name) => parts[name].inPreset(preset)),
  };
}

function entry<Value>(
  schema: z.ZodType<Value>,
  { default: usual, presets, absent }: Facts<Value>,
): Entry<Value> {
  return {
    schema:
      absent === undefined
        ? schema
        : schema.optional().transform((value) => value ?? structuredClone(absent)),
    inPreset: (preset: PresetName) => structuredClone(presets?.[preset] ?? usual),
  };
}

function ranged<How extends Acts>(
  numbers: NumberKind,
  range: Range,
  facts: Facts<number, How>,
  show: (value: number) => string,
): RangedSetting<How> {
  return {
    ...facts,
    ...range,
    ...entry(numberSchema(numbers, range), facts),
    allowed: { kind: 'number', numbers, ...range },
    read: (text) => numberValue(numbers, text),
    repair: (text) => {
      const reading = readNumber(text, numbers);
      if (reading.kind === 'refused') return refusedBecause(reading);
      const value = nearest(numbers, range, reading.value);
      return { kind: 'value', value, asGiven: value === reading.value };
    },
    write: String,
    show,
  };
}

function numberSchema(numbers: NumberKind, { min, max }: Range): z.ZodNumber {
  const schema = z.number().min(min).max(max);
  return numbers === 'whole' ? schema.int() : schema;
}

function numberValue(numbers: NumberKind, text: string): ReturnType<Setting<number>['read']> {
  const reading = readNumber(text, numbers);
  return reading.kind === 'refused' ? reading : { kind: 'value', value: reading.value };
}

/** How a list is read, and written for an address and for a box. */
function listTexts(numbers: NumberKind): Pick<Setting<readonly number[]>, 'read' | 'write' | 'show'> {
  return {
    read: (text) => {
      const reading = readNumbers(text, numbers);
      return reading.kind === 'refused' ? reading : { kind: 'value', value: reading.values };
    },
    write: (values) => values.join(listSeparator),
    show: (values) => values.map(formatSetting).join(' '),
  };
}

/** The numbers of a list, each the nearest valid one. */
function repairList(numbers: NumberKind, range: Range, text: string): Repair<number[]> {
  const reading = readNumbers(text, numbers);
  if (reading.kind === 'refused') return refusedBecause(reading);
  const value = reading.values.map((given) => nearest(numbers, range, given));
  return { kind: 'value', value, asGiven: value.every((one, i) => one === reading.values[i]) };
}

function refusedBecause({ problem }: Refusal): { readonly kind: 'refused'; readonly why: Part } {
  return { kind: 'refused', why: problem };
}

export function clamp(value: number, { min, max }: Range): number {
  return Math.min(max, Math.max(min, value));
}

function nearest(numbers: NumberKind, range: Range, value: number): number {
  const inside = clamp(value, range);
  return numbers === 'whole' ? Math.round(inside) : inside;
}
