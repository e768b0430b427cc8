import { z } from 'zod';

/** One point of a curve: the steps it stands for (counted from 1, both included), their mean and their extremes. */
export interface CurvePoint {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  /** Lowest and highest value. */
  readonly band: readonly [number, number];
}

const steps = z.array(z.number().int().positive());
const values = z.array(z.number());

/** A curve of a record: its points as arrays of equal length, in the order of their steps. */
export const curveSchema = z
  .object({ from: steps, to: steps, mean: values, min: values, max: values })
  .refine(
    ({ from, to, mean, min, max }) => [to, mean, min, max].every((array) => array.length === from.length),
    { error: 'the arrays of a curve must be of the same length' },
  );
export type Curve = z.infer<typeof curveSchema>;

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

/** The points of a record's curve, each with the step at which it is drawn: the middle of its steps. */
export function pointsOf({ from, to, mean, min, max }: Curve): (CurvePoint & { readonly step: number })[] {
  return from.map((first, i) => ({
    step: (first + to[i]) / 2,
    from: first,
    to: to[i],
    mean: mean[i],
    band: [min[i], max[i]] as const,
  }));
}
