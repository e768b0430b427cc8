import type { z } from 'zod';
import { type NumberKind, readNumber } from '../../config/numbers/readNumber.ts';
import { readNumbers } from '../../config/numbers/readNumbers.ts';

/** What the box of a form takes. */
export interface BoxShape {
  readonly kind: NumberKind;
  /** For a list: what to enter, with an example. */
  readonly list?: string;
}

/** The boxes of a form as numbers, and a sentence for each that could not be read. */
export class FormReading<Field extends string> {
  readonly errors = new Map<Field, string>();
  readonly #values = new Map<Field, number | readonly number[]>();
  readonly #shapes: Readonly<Record<Field, BoxShape>>;

  constructor(texts: Readonly<Record<Field, string>>, shapes: Readonly<Record<Field, BoxShape>>) {
    this.#shapes = shapes;
    for (const field in texts) this.#read(field, texts[field]);
  }

  /** NaN where there is an error. */
  value(field: Field): number | readonly number[] {
    return this.#values.get(field) ?? Number.NaN;
  }

  /** Adds what the schema says against the values. A box that could not be read keeps its own sentence. */
  addIssues(issues: readonly z.core.$ZodIssue[]): void {
    for (const field in this.#shapes) {
      const issue = issues.find(({ path }) => path.includes(field));
      if (issue && !this.errors.has(field)) this.errors.set(field, issueText(issue, this.#shapes[field]));
    }
  }

  #read(field: Field, text: string): void {
    const { kind, list } = this.#shapes[field];
    const reading = list ? readNumbers(text, kind) : readNumber(text, kind);
    if (reading.kind === 'refused')
      this.errors.set(
        field,
        list && ['empty', 'unreadable'].includes(reading.reason) ? list : reading.message,
      );
    else this.#values.set(field, reading.kind === 'number' ? reading.value : reading.values);
  }
}

/** What the schema says against a value, in a few words for under its box. */
function issueText(issue: z.core.$ZodIssue, { list }: BoxShape): string {
  if (issue.code === 'custom') return 'A multiple of 2 for every convolution';
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'Whole numbers only';
  if (issue.code === 'too_small')
    return issue.origin === 'array' && list ? list : `At least ${issue.minimum}`;
  if (issue.code === 'too_big')
    return issue.origin === 'array' ? `At most ${issue.maximum} numbers` : `At most ${issue.maximum}`;
  return 'Not a valid value';
}
