import { z } from 'zod';
import { measured, recordBounds, steps } from './bounds.ts';

/**
 * One point of a curve: the steps it stands for (counted from 1, both included), their mean and their extremes.
 */
export interface CurvePoint {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  /** Lowest and highest value. */
  readonly band: readonly [number, number];
}

/** A point with the step at which it is drawn: the middle of its steps. */
export interface PlacedPoint extends CurvePoint {
  readonly step: number;
}

const tooMany = `more than ${recordBounds.points} points`;
const places = z.array(steps.positive()).max(recordBounds.points, tooMany);
const values = z.array(measured).max(recordBounds.points, tooMany);
const arraysSchema = z.object({ from: places, to: places, mean: values, min: values, max: values });

/** A curve of a record: its points as arrays of equal length, in the order of their steps. */
export const curveSchema = arraysSchema.superRefine((curve, context) => {
  const message = curveFault(curve);
  if (message !== null) context.addIssue({ code: 'custom', message });
});
export type Curve = z.infer<typeof arraysSchema>;

/** Means were summed up in float32 once, so one may pass its extremes by so much of the larger of them. */
const meanSlack = 1e-4;

/** What is wrong with the points of a curve, in words that follow the curve's name; null for nothing. */
function curveFault({ from, to, mean, min, max }: Curve): string | null {
  if ([to, mean, min, max].some((array) => array.length !== from.length))
    return 'the arrays of a curve must be of the same length';
  for (let i = 0; i < from.length; i++) {
    const point = `point ${i + 1}`;
    if (to[i] < from[i]) return `${point} ends at step ${to[i]}, before it begins at step ${from[i]}`;
    if (i > 0 && from[i] <= to[i - 1])
      return `${point} begins at step ${from[i]}, but the point before it ends at step ${to[i - 1]}`;
    if (min[i] > max[i]) return `${point} has a least value, ${min[i]}, above its greatest, ${max[i]}`;
    const slack = meanSlack * Math.max(Math.abs(min[i]), Math.abs(max[i]));
    if (mean[i] < min[i] - slack || mean[i] > max[i] + slack)
      return `${point} has a mean, ${mean[i]}, that is not between its least and greatest value, ${min[i]} and ${max[i]}`;
  }
  return null;
}

/** More digits than a chart shows, fewer than float32 has. */
const digits = 6;

/** A number as records and metrics files write it: to six digits. */
export function rounded(value: number): number {
  return Number(value.toPrecision(digits));
}

/** Packs points for a record, their values to six digits. */
export function curveOf(points: readonly CurvePoint[]): Curve {
  return {
    from: points.map(({ from }) => from),
    to: points.map(({ to }) => to),
    mean: points.map(({ mean }) => rounded(mean)),
    min: points.map(({ band: [min] }) => rounded(min)),
    max: points.map(({ band: [, max] }) => rounded(max)),
  };
}

/** The points of a record's curve. */
export function pointsOf({ from, to, mean, min, max }: Curve): PlacedPoint[] {
  return from.map((first, i) => ({
    step: (first + to[i]) / 2,
    from: first,
    to: to[i],
    mean: mean[i],
    band: [min[i], max[i]] as const,
  }));
}
