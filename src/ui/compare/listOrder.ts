import { dialOf } from '../../config/objective.ts';
import { shortText, valueLabel } from '../../locale/settingWords.ts';
import { type Spread, spreadOf } from '../../record/groups.ts';
import { lastConfig, lastResults } from '../../record/results.ts';
import type { ComparedRun } from './comparedRuns.ts';

/** What the list of runs can be ordered by. */
export type ListColumn = 'name' | 'steps' | 'objective' | 'dial' | 'reconstruction' | 'metric' | 'begun';

export interface ListOrder {
  readonly column: ListColumn;
  readonly descending: boolean;
}

/** What the list shows of a run, or of several: the same line for both. */
export interface ListValues {
  readonly name: string;
  readonly steps: Spread;
  readonly objective: string;
  /** What the objective is about: gamma, beta or the information weight. */
  readonly dial: number;
  readonly dialText: string;
  /** In nats. */
  readonly reconstruction: Spread | null;
  /** The FactorVAE metric. */
  readonly metric: Spread | null;
  /** ISO 8601: of several runs the latest. */
  readonly begun: string;
}

/** @param runs of the same settings; at least one */
export function listValues(name: string, runs: readonly ComparedRun[]): ListValues {
  const config = lastConfig(runs[0].record);
  const dial = dialOf(config.objective);
  const results = runs.map(({ record }) => lastResults(record));
  const steps = runs.map(({ record }) => record.steps);
  return {
    name,
    steps: spreadOf(steps) ?? { mean: 0, low: 0, high: 0 },
    objective: valueLabel('objective', config.objective),
    dial: config[dial],
    dialText: shortText(dial, config[dial]),
    reconstruction: spreadOf(results.map(({ reconstruction }) => reconstruction)),
    metric: spreadOf(results.map(({ factorVaeMetric }) => factorVaeMetric)),
    begun: runs.map(({ record }) => record.startedAt).reduce((a, b) => (a > b ? a : b)),
  };
}

/** Names and objectives begin with A, numbers and times with the largest, unless they are turned round. */
export function nextOrder(order: ListOrder, column: ListColumn): ListOrder {
  if (order.column === column) return { column, descending: !order.descending };
  return { column, descending: column !== 'name' && column !== 'objective' };
}

/** The lines in order; those without a value come last, either way round. */
export function inOrder<Line extends { readonly values: ListValues }>(
  lines: readonly Line[],
  { column, descending }: ListOrder,
): Line[] {
  const sign = descending ? -1 : 1;
  return lines.toSorted((a, b) => {
    const [left, right] = [sortValue(a.values, column), sortValue(b.values, column)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

function sortValue(values: ListValues, column: ListColumn): string | number | null {
  const value = values[column];
  return typeof value === 'object' && value !== null ? value.mean : value;
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
