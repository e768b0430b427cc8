import { metricIndex } from '../../model/metricsRow.ts';
import { decimate, type Point } from '../history/decimate.ts';
import type { History } from '../history/history.ts';
import { type Axis, linearAxis, logAxis, valueRange } from './axes.ts';
import type { Curve } from './curves.ts';

/** What a chart draws at one moment. */
export interface View {
  readonly points: readonly Point[];
  /** The axis of values. */
  readonly axis: Axis;
  /** The steps at the left and right edge. */
  readonly first: number;
  readonly end: number;
}

/** More points than every other pixel, or than this, tell the eye nothing. */
const mostPoints = 200;
const fewestPoints = 60;
/** An empty chart still shows an axis of so many steps. */
const emptySteps = 100;
/** A logarithm needs positive values; no loss worth seeing is smaller. */
const leastLog = 1e-3;

/** `last`: how many of the latest steps; null for the whole run. `width`: of the chart, in pixels. */
export function viewOf(history: History, curve: Curve, last: number | null, width: number): View {
  const first = last === null ? 1 : Math.max(1, history.count - last + 1);
  const end = Math.max(first + 1, history.count);
  const count = Math.min(mostPoints, Math.max(fewestPoints, Math.floor(width / 2)));
  const points = scaled(decimate(history, metricIndex(curve.metric), first, end, count), curve.factor);
  const known = valueRange(points);
  const [low, high] = known ?? curve.emptyRange;
  const bottom = Math.min(low, ...curve.include);
  const top = Math.max(high, ...curve.include);
  const axis =
    curve.scale === 'log'
      ? logAxis(Math.max(leastLog, bottom), Math.max(leastLog, top))
      : linearAxis(bottom, top);
  return { points, axis, first, end: known ? end : Math.max(end, emptySteps) };
}

function scaled(points: readonly Point[], factor: number): readonly Point[] {
  if (factor === 1) return points;
  return points.map((point) => ({
    ...point,
    mean: point.mean * factor,
    band: [point.band[0] * factor, point.band[1] * factor],
  }));
}
