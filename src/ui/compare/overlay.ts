import { type ComparedMetric, type CurveValue, valuesOf } from '../../record/results.ts';
import { smooth } from '../../record/smoothing.ts';
import { type Axis, linearAxis, logAxis, valueRange } from '../charts/axes.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { metricViews } from './metrics.ts';

/** The curve of one run. */
export interface OverlaidLine {
  readonly run: ComparedRun;
  /** As recorded. */
  readonly raw: readonly CurveValue[];
  /** [points of raw]; the same numbers where nothing is smoothed. */
  readonly smoothed: readonly number[];
}

/** A logarithm needs positive values; no loss worth seeing is smaller. */
const leastLog = 1e-3;
/** The shortest axis of steps. */
const leastSteps = 100;

/** The curves of the runs that have one. */
export function overlaidLines(
  runs: readonly ComparedRun[],
  metric: ComparedMetric,
  smoothing: number,
): OverlaidLine[] {
  const weight = metricViews[metric].sparse ? 0 : smoothing;
  return runs.flatMap((run) => {
    const raw = valuesOf(run.record, metric);
    const smoothed = smooth(
      raw.map(({ value }) => value),
      weight,
    );
    return raw.length === 0 ? [] : [{ run, raw, smoothed }];
  });
}

/** The axis that all lines fit on, a few wild first steps of each left out. */
export function overlayAxis(lines: readonly OverlaidLine[], metric: ComparedMetric, log: boolean): Axis {
  const ranges = lines.flatMap(({ raw, smoothed }) => {
    const points = smoothed.map((value, i) => {
      const { step } = raw[i];
      return { step, from: step, to: step, mean: value, band: [value, value] as const };
    });
    return valueRange(points) ?? [];
  });
  const { include } = metricViews[metric];
  if (log) {
    const [low, high] = ranges.length === 0 ? [1, 100] : [Math.min(...ranges), Math.max(...ranges)];
    return logAxis(Math.max(leastLog, low), Math.max(leastLog, high), 5);
  }
  const values = [...ranges, ...include];
  return linearAxis(Math.min(...values, 0), Math.max(...values, values.length === 0 ? 1 : 0), 5);
}

/** The last step of the axis. */
export function lastStep(runs: readonly ComparedRun[]): number {
  return Math.max(leastSteps, ...runs.map(({ record }) => record.steps));
}

/** The value of a line nearest to a step, as it is drawn; null where the line does not reach. */
export function valueAt({ raw, smoothed, run }: OverlaidLine, step: number): CurveValue | null {
  let best: CurveValue | null = null;
  raw.forEach((point, i) => {
    if (best === null || Math.abs(point.step - step) < Math.abs(best.step - step))
      best = { step: point.step, value: smoothed[i] };
  });
  const begins = run.record.parent?.step ?? 0;
  return step < begins || step > run.record.steps ? null : best;
}
