import type { z } from 'zod';
import type { Part } from '../report.ts';
import type { NumberKind, Refusal } from './numbers/readNumber.ts';
import type { DatasetName, Objective, PresetName } from './scopes.ts';

/**
 * How a change acts: on the next step; on the next step of a fork, which keeps weights and optimisers; on a new
 * run only.
 */
export type Acts = 'live' | 'fork' | 'newRun';

/** The parts of the form of a new run. */
export const formSections = ['data', 'model', 'training'] as const;
export type FormSection = (typeof formSections)[number];

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a setting may be, for whoever words it or draws a control for it. */
export type Allowed =
  | ({ readonly kind: 'number'; readonly numbers: NumberKind } & Range)
  | { readonly kind: 'oneOf'; readonly values: readonly number[] }
  | { readonly kind: 'word'; readonly values: readonly string[] }
  | { readonly kind: 'dataSet' }
  | ({ readonly kind: 'list'; readonly numbers: NumberKind; readonly count: Range } & Range);

/** What the table says about a setting, beside its kind. */
export interface Facts<Value, How extends Acts = Acts> {
  readonly default: Value;
  /** Where a preset has another value. */
  readonly presets?: Partial<Record<PresetName, Value>>;
  readonly acts: How;
  /** The part of a new run's form that has it; none where a control of its own does. */
  readonly form?: FormSection;
  /** The objectives that use it; all, where there are none. */
  readonly objectives?: readonly Objective[];
  /** The data sets that use it; all, where there are none. */
  readonly datasets?: readonly DatasetName[];
  /** The value in files that were written before the setting existed: they did what this value does. */
  readonly absent?: Value;
}

/** One entry of a configuration. */
export interface Entry<Value> {
  readonly schema: z.ZodType<Value>;
  inPreset(preset: PresetName): Value;
}

/** A value that a damaged link may lead to: the nearest valid one. */
export type Repair<Value> =
  | { readonly kind: 'value'; readonly value: Value; readonly asGiven: boolean; readonly why?: Part }
  | { readonly kind: 'refused'; readonly why?: Part };

/** A setting: what the table says, and how its values are read and written. */
export interface Setting<Value, How extends Acts = Acts> extends Facts<Value, How>, Entry<Value> {
  readonly allowed: Allowed;
  /** A person's text as a value, not yet held against the schema. */
  read(text: string): { readonly kind: 'value'; readonly value: unknown } | Refusal;
  /** A text of an address as the nearest valid value. */
  repair(text: string): Repair<Value>;
  /** The text of a value in an address and on a command line; both readers give it back. */
  write(value: Value): string;
  /** The text of a value in a box. */
  show(value: Value): string;
}

/** Several settings that are one object in a configuration, each with a text of its own. */
export interface Grid<Values> extends Entry<Values> {
  readonly parts: { readonly [Part in keyof Values]: Setting<Values[Part]> };
}
