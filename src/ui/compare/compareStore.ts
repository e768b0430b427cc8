import { create } from 'zustand';
import type { ComparedMetric } from '../../record/results.ts';
import { type ListColumn, type ListOrder, nextOrder } from './listOrder.ts';

/** What a person has set up in the Compare view; it outlives a look at the other view. */
export interface CompareState {
  /** Runs that were ticked or unticked; of the others the newest are shown. */
  readonly choices: ReadonlyMap<string, boolean>;
  readonly metric: ComparedMetric;
  /** Weight of exponential smoothing, 0 to below 1. */
  readonly smoothing: number;
  /** Whether a logarithmic axis is wanted where the values allow it. */
  readonly log: boolean;
  /** Whether runs that differ in nothing but their seed are one line of the list and one curve. */
  readonly grouped: boolean;
  /** The groups whose runs are listed too, by their keys. */
  readonly opened: ReadonlySet<string>;
  readonly order: ListOrder;
  /** The run whose traversals are shown, by its key. */
  readonly picked: string | null;
}

export const useCompare = create<CompareState>(() => ({
  choices: new Map(),
  metric: 'reconstruction',
  smoothing: 0.6,
  log: true,
  grouped: true,
  opened: new Set(),
  order: { column: 'begun', descending: true },
  picked: null,
}));

export function choose(keys: readonly string[], shown: boolean): void {
  useCompare.setState(({ choices }) => ({
    choices: new Map([...choices, ...keys.map((key) => [key, shown] as const)]),
  }));
}

/** Lists the runs of a group, or no longer. */
export function openGroup(key: string, open: boolean): void {
  useCompare.setState(({ opened }) => ({
    opened: new Set(open ? [...opened, key] : [...opened].filter((other) => other !== key)),
  }));
}

/** Orders the list by a column; once more turns it round. */
export function orderBy(column: ListColumn): void {
  useCompare.setState(({ order }) => ({ order: nextOrder(order, column) }));
}
