import { spreadOf } from '../../record/groups.ts';
import { type ComparedMetric, curveOfMetric } from '../../record/results.ts';
import { smooth } from '../../record/smoothing.ts';
import { type Axis, linearAxis, logAxis, positiveRange, valueRange } from '../charts/axes.ts';
import { offAxisCount } from '../charts/offAxis.ts';
import { pointAt, type Series } from '../charts/series.ts';
import type { ComparedGroup } from './comparedGroups.ts';
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
        behind: length > 0 ? [recorded] : [],
        dots: sparse,
        moves: [],
        gammaColour: style.colour,
      },
    ];
  });
}

/**
 * The curve of a group: at each point the mean of its runs, with their range as its band, and the run's own curves
 * behind. A group of one is the run itself.
 */
export function groupSeries(
  { key, name, style, runs }: ComparedGroup,
  metric: ComparedMetric,
  steps: number,
): Series[] {
  const members = overlaidSeries(runs, metric, steps);
  if (members.length < 2) return members.map((only) => ({ ...only, key, name, style }));
  const [longest] = members.toSorted((a, b) => b.points.length - a.points.length);
  const points = longest.points.flatMap((point) => {
    const spread = spreadOf(members.map((one) => pointAt(one.points, point.step)?.mean ?? null));
    return spread ? [{ ...point, mean: spread.mean, band: [spread.low, spread.high] as const }] : [];
  });
  const behind = members.map((one) => one.points);
  return [{ ...longest, key, name: `${name}, ${members.length} seeds`, style, points, behind }];
}

/** How many of the values that it was made from a curve has no place for on its axis. */
export function offAxisValues(series: Series, log: boolean): number {
  return madeFrom(series).reduce((count, line) => count + offAxisCount(line, log ? 'log' : 'linear'), 0);
}

/** The lines that a curve was made from; itself where there are none. */
const madeFrom = ({ points, behind }: Series) => (behind.length > 0 ? behind : [points]);

/**
 * The axis that all curves fit on, a few wild first steps of each left out. A logarithmic one goes down to the
 * least positive value of any, as recorded or smoothed.
 */
export function overlayAxis(series: readonly Series[], metric: ComparedMetric, log: boolean): Axis {
  const ranges = series.flatMap((one) => {
    const { points } = one;
    if (!log) return valueRange(points) ?? [];
    const least = madeFrom(one)
      .flat()
      .reduce((low, { mean }) => (mean > 0 && mean < low ? mean : low), Number.POSITIVE_INFINITY);
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
