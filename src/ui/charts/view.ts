import { decimate, type Point } from '../../history/decimate.ts';
import type { History } from '../../history/history.ts';
import { type Axis, linearAxis, logAxis, positiveRange, type StepRange, valueRange } from './axes.ts';
import type { Curve } from './curves.ts';

/** More points than every other pixel, or than this, tell the eye nothing. */
const mostPoints = 200;
const fewestPoints = 60;

/**
 * What a chart `width` pixels wide draws of a metric between two steps, in the units shown; `earlier` as in
 * decimate.
 */
export function pointsOf(
  history: History,
  { metric, factor }: Curve,
  { first, end }: StepRange,
  width: number,
  earlier: readonly Point[],
): readonly Point[] {
  const count = Math.min(mostPoints, Math.max(fewestPoints, Math.floor(width / 2)));
  return decimate(history, { column: metric, factor, first, last: end }, count, earlier);
}

/** The axis of values that fits the points of one or several curves. */
export function valueAxis(curve: Curve, ...series: readonly (readonly Point[])[]): Axis {
  const log = curve.scale === 'log';
  const ranges = series.flatMap((points) => (log ? positiveRange(points) : valueRange(points)) ?? []);
  const values = [...(ranges.length === 0 ? curve.emptyRange : ranges), ...curve.include];
  const [bottom, top] = [Math.min(...values), Math.max(...values)];
  return log ? logAxis(bottom, top) : linearAxis(bottom, top);
}
