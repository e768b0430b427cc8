import { create } from 'zustand';
import type { ComparedMetric } from '../../record/results.ts';

/** What a person has set up in the Compare view; it outlives a look at the other view. */
export interface CompareState {
  /** Runs that were ticked or unticked; of the others the newest are shown. */
  readonly choices: ReadonlyMap<string, boolean>;
  readonly metric: ComparedMetric;
  /** Weight of exponential smoothing, 0 to below 1. */
  readonly smoothing: number;
  /** Whether a logarithmic axis is wanted where the values allow it. */
  readonly log: boolean;
}

export const useCompare = create<CompareState>(() => ({
  choices: new Map(),
  metric: 'reconstruction',
  smoothing: 0.6,
  log: true,
}));

export function choose(keys: readonly string[], shown: boolean): void {
  useCompare.setState(({ choices }) => ({
    choices: new Map([...choices, ...keys.map((key) => [key, shown] as const)]),
  }));
}
