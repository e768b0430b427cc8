import { type ComparedMetric, type CurveValue, valuesOf } from '../../record/results.ts';
import { smooth } from '../../record/smoothing.ts';
import { type Axis, linearAxis, logAxis, positiveRange, valueRange } from '../charts/axes.ts';
import { isOffAxis } from '../charts/offAxis.ts';
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

/** The shortest axis of steps. */
const leastSteps = 100;

/** Smoothing is by parts of the axis, so that curves look as smooth whatever its length. */
const smoothingParts = 400;

/**
 * The length of the smoothing in steps (see `smooth`), all runs' the same: so many that a value's weight falls by
 * `smoothing`, 0 to below 1, over a 400th of the axis, which ends at step `end`.
 */
export function smoothingSteps(smoothing: number, end: number): number {
  return smoothing <= 0 ? 0 : end / smoothingParts / -Math.log(smoothing);
}

/** The curves of the runs that have one, smoothed over so many steps. */
export function overlaidLines(
  runs: readonly ComparedRun[],
  metric: ComparedMetric,
  steps: number,
): OverlaidLine[] {
  const length = metricViews[metric].sparse ? 0 : steps;
  return runs.flatMap((run) => {
    const raw = valuesOf(run.record, metric);
    return raw.length === 0 ? [] : [{ run, raw, smoothed: smooth(raw, length) }];
  });
}

/** How many of its recorded values a line has no place for on its axis. */
export function offAxisValues({ raw }: OverlaidLine, log: boolean): number {
  return raw.filter(({ value }) => isOffAxis(value, log ? 'log' : 'linear')).length;
}

/**
 * The axis that all lines fit on, a few wild first steps of each left out. A logarithmic one goes down to the least positive
 * value of any, as recorded or smoothed.
 */
export function overlayAxis(lines: readonly OverlaidLine[], metric: ComparedMetric, log: boolean): Axis {
  const ranges = lines.flatMap(({ raw, smoothed }) => {
    const points = smoothed.map((value, i) => {
      const { step } = raw[i];
      return { step, from: step, to: step, mean: value, band: [value, value] as const };
    });
    if (!log) return valueRange(points) ?? [];
    const recorded = raw.reduce(
      (least, { value }) => (value > 0 && value < least ? value : least),
      Number.POSITIVE_INFINITY,
    );
    const range = positiveRange(points);
    return range ? [Math.min(range[0], recorded), range[1]] : [];
  });
  const { include } = metricViews[metric];
  if (log) {
    const [low, high] = ranges.length === 0 ? [1, 100] : [Math.min(...ranges), Math.max(...ranges)];
    return logAxis(low, high, 5);
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
