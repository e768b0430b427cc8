import type { commandErrors, commandParts } from './locale/en/commands.ts';
import type { errors } from './locale/en/errors.ts';
import type { factors } from './locale/en/factors.ts';
import type { numbers } from './locale/en/numbers.ts';
import type { parts } from './locale/en/parts.ts';
import type { progress } from './locale/en/progress.ts';
import type { Placeholder } from './locale/fill.ts';

/**
 * What is told by a code and values, and worded where a person reads it. The codes and the names of their values are those
 * of the English file: a code that has no words there, and a value that is missing or has no place, do not compile.
 */

type Errors = typeof errors & typeof commandErrors;
type Parts = typeof parts & typeof numbers & typeof commandParts & typeof factors;

export type ErrorCode = keyof Errors;
export type PartCode = keyof Parts;
export type Stage = keyof typeof progress;

type Messages = Errors & Parts;

/** A value: a number, a name, a list of them, or something that has words of its own. */
export type Value = string | number | Report | readonly (string | number | Report)[];
export type Values = Readonly<Record<string, Value>>;

export type NoValues = Readonly<Record<string, never>>;

/** The values that a code's words need. */
export type ValuesOf<Code extends keyof Messages> = [Placeholder<Messages[Code]>] extends [never]
  ? NoValues
  : Readonly<Record<Placeholder<Messages[Code]>, Value>>;

/** As the last parameter of a function: it may be left out where a code has no values. */
export type ValuesArgument<Code extends keyof Messages> =
  ValuesOf<Code> extends NoValues ? [values?: NoValues] : [values: ValuesOf<Code>];

export interface ErrorReport {
  readonly code: ErrorCode;
  readonly values: Values;
}

export interface Part {
  readonly code: PartCode;
  readonly values: Values;
}

export type Report = ErrorReport | Part;

/** A part of a sentence, as a value of another. */
export function part<Code extends PartCode>(code: Code, ...[values]: ValuesArgument<Code>): Part {
  return { code, values: values ?? {} };
}

/** An error as a value of another, or as what is posted of it, without the stack that a thrown one has. */
export function errorReport<Code extends ErrorCode>(
  code: Code,
  ...[values]: ValuesArgument<Code>
): ErrorReport {
  return { code, values: values ?? {} };
}
