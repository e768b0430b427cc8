import { type ComparedMetric, curveOfMetric } from '../../record/results.ts';
import { smooth } from '../../record/smoothing.ts';
import { type Axis, linearAxis, logAxis, positiveRange, valueRange } from '../charts/axes.ts';
import { offAxisCount } from '../charts/offAxis.ts';
import type { Series } from '../charts/series.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { metricViews } from './metrics.ts';

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
export function overlaidSeries(
  runs: readonly ComparedRun[],
  metric: ComparedMetric,
  steps: number,
): Series[] {
  const { sparse } = metricViews[metric];
  const length = sparse ? 0 : steps;
  return runs.flatMap(({ key, record, style }) => {
    const recorded = curveOfMetric(record, metric);
    if (recorded.length === 0) return [];
    const means = smooth(recorded, length);
    const points = recorded.map((point, i) => ({
      ...point,
      mean: means[i],
      band: [means[i], means[i]] as const,
    }));
    return [
      {
        key,
        name: record.name,
        style,
        points,
        recorded: length > 0 ? recorded : null,
        dots: sparse,
        moves: [],
        gammaColour: style.colour,
      },
    ];
  });
}

/** How many of its recorded values a curve has no place for on its axis. */
export function offAxisValues({ points, recorded }: Series, log: boolean): number {
  return offAxisCount(recorded ?? points, log ? 'log' : 'linear');
}

/**
 * The axis that all curves fit on, a few wild first steps of each left out. A logarithmic one goes down to the least positive
 * value of any, as recorded or smoothed.
 */
export function overlayAxis(series: readonly Series[], metric: ComparedMetric, log: boolean): Axis {
  const ranges = series.flatMap(({ points, recorded }) => {
    if (!log) return valueRange(points) ?? [];
    const least = (recorded ?? points).reduce(
      (low, { mean }) => (mean > 0 && mean < low ? mean : low),
      Number.POSITIVE_INFINITY,
    );
    const range = positiveRange(points);
    return range ? [Math.min(range[0], least), range[1]] : [];
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
