import { usedFields } from '../settings/fields.ts';
import type { RunRecord } from './runRecord.ts';

/** Runs of the same settings, each with a seed of its own. */
export interface RunGroup<Run> {
  /** The settings, as text, and which of several such groups it is. */
  readonly key: string;
  readonly runs: readonly Run[];
}

const keys = new WeakMap<RunRecord, string>();

/**
 * The same for runs that differ in nothing but their seed: settings, moves on the way, and the run that they were
 * forked from.
 */
export function settingsKey(record: RunRecord): string {
  const known = keys.get(record);
  if (known !== undefined) return known;
  const { config, changes, loneSteps = [], parent } = record;
  const settings = usedFields(config).flatMap((field) =>
    field.name === 'seed' ? [] : [`${field.name}=${field.textOf(config)}`],
  );
  const moves = changes.map(({ step, key: setting, to }) => `${setting}=${to}@${step}`);
  const lone = loneSteps.map(({ step, player, steps }) => `${player}x${steps}@${step}`);
  const key = [...settings, ...moves, ...lone, ...(parent ? [`${parent.id}@${parent.step}`] : [])].join(' ');
  keys.set(record, key);
  return key;
}

/**
 * The runs by their settings, in the order in which these come first. A seed that was trained again begins another
 * group: a mean must not count it twice.
 */
export function groupRuns<Run>(runs: readonly Run[], recordOf: (run: Run) => RunRecord): RunGroup<Run>[] {
  const groups = new Map<string, Map<number, Run>>();
  for (const run of runs) {
    const record = recordOf(run);
    const settings = settingsKey(record);
    for (let copy = 0; ; copy++) {
      const key = copy === 0 ? settings : `${settings} ${copy}`;
      const group = groups.get(key);
      if (group?.has(record.config.seed)) continue;
      if (group) group.set(record.config.seed, run);
      else groups.set(key, new Map([[record.config.seed, run]]));
      break;
    }
  }
  return [...groups].map(([key, members]) => ({ key, runs: [...members.values()] }));
}

export interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Mean and range of those values that are there; null where none is. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return {
    mean: known.reduce((sum, value) => sum + value, 0) / known.length,
    low: known.reduce((low, value) => Math.min(low, value)),
    high: known.reduce((high, value) => Math.max(high, value)),
  };
}
