import type { History } from './history.ts';

/** One point of a curve: the steps it stands for, their mean and their extremes. */
export interface Point {
  readonly step: number;
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  /** Lowest and highest value: the band. */
  readonly band: readonly [number, number];
}

/**
 * Steps `first` to `last` of a column as at most `maxPoints` points that keep the least and greatest value. Steps are
 * gathered by a power of two and at whole multiples of it, so that points, once complete, stay where they are while
 * the run goes on. Steps without a finite value leave a gap.
 */
export function decimate(
  history: History,
  column: number,
  first: number,
  last: number,
  maxPoints: number,
): Point[] {
  const from = Math.max(1, first) - 1;
  const to = Math.min(history.count, last);
  if (to <= from) return [];
  let size = 1;
  while (Math.ceil(to / size) - Math.floor(from / size) > maxPoints) size *= 2;

  const points: Point[] = [];
  for (let row = from; row < to; ) {
    const end = Math.min(to, (Math.floor(row / size) + 1) * size);
    const { count, mean, min, max } = history.summary(column, row, end);
    if (count > 0) points.push({ step: (row + 1 + end) / 2, from: row + 1, to: end, mean, band: [min, max] });
    row = end;
  }
  return points;
}
