import { type Part, part } from '../report.ts';
import type { Repair } from '../settings/setting.ts';
import { linkParameters } from './link.ts';

/** A part of an address that could not be used as given. */
export interface UrlIssue {
  readonly field: string;
  /** As it stood in the address, however long. */
  readonly given: string;
  /** The value taken instead, or "ignored". */
  readonly used: string;
  /** What was wrong with it, to stand in brackets, where that is not plain to see: "could mean 1000 or 1". */
  readonly why?: Part;
}

/** How a value is read from an address, and its text there. */
export interface Parameter<Value> {
  read(text: string): Repair<Value>;
  write(value: Value): string;
}

/** The parameters of a query. What is wrong in one is repaired, where it can be, and named. */
export class QueryReader {
  readonly issues: UrlIssue[] = [];
  /** The texts of each parameter in their order: a damaged link may have several. */
  readonly #query = new Map<string, string[]>();
  readonly #known: ReadonlySet<string>;

  /** `known`: the names that have a meaning. */
  constructor(search: string, known: ReadonlySet<string>) {
    this.#known = known;
    for (const [name, text] of linkParameters(search, known)) {
      const texts = this.#query.get(name);
      if (texts) texts.push(text);
      else this.#query.set(name, [text]);
    }
  }

  has(name: string): boolean {
    return this.#query.has(name);
  }

  /** The parameter's value in the query, repaired, else `fallback`. Of several the first counts. */
  read<Value>(name: string, parameter: Parameter<Value>, fallback: Value): Value {
    const texts = this.#query.get(name);
    if (!texts) return fallback;
    const [given] = texts;
    const reading = parameter.read(given);
    const value = reading.kind === 'value' ? reading.value : fallback;
    const used = parameter.write(value);
    if (new Set(texts).size > 1)
      this.issues.push({
        field: name,
        given: texts.join(', '),
        used,
        why: part('number.givenTimes', { count: texts.length }),
      });
    else if (reading.kind === 'refused' || !reading.asGiven)
      this.issues.push({ field: name, given, used, ...(reading.why && { why: reading.why }) });
    return value;
  }

  /** Names what the page gives no meaning. */
  ignoreRest(): void {
    for (const name of this.#query.keys()) if (!this.#known.has(name)) this.ignore(name);
  }

  /** Says that a parameter has no effect. */
  ignore(name: string): void {
    const [given = ''] = this.#query.get(name) ?? [];
    this.issues.push({ field: name, given, used: 'ignored' });
  }
}
