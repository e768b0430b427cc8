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

/** What is drawn of a history: a column, in multiples of `factor`, from step `first` to `last`. */
export interface Stretch {
  readonly column: string;
  readonly factor: number;
  readonly first: number;
  readonly last: number;
}

/**
 * A stretch as at most `maxPoints` points that keep the least and greatest value. Steps are gathered by a power of
 * two and at whole multiples of it, so that points, once complete, stay where they are while the run goes on:
 * those among `earlier`, made of the same column and factor before rows were added, are taken over. Steps without
 * a finite value leave a gap.
 */
export function decimate(
  history: History,
  { column, factor, first, last }: Stretch,
  maxPoints: number,
  earlier: readonly Point[] = [],
): Point[] {
  const from = Math.max(1, first) - 1;
  const to = Math.min(history.count, last);
  if (to <= from) return [];
  let size = 1;
  while (Math.ceil(to / size) - Math.floor(from / size) > maxPoints) size *= 2;

  const points: Point[] = [];
  let next = 0;
  for (let row = from; row < to; ) {
    const end = Math.min(to, (Math.floor(row / size) + 1) * size);
    while (next < earlier.length && earlier[next].from <= row) next++;
    const known = earlier[next];
    if (known?.from === row + 1 && known.to === end) {
      points.push(known);
    } else {
      const { count, mean, min, max } = history.summary(column, row, end);
      if (count > 0)
        points.push({
          step: (row + 1 + end) / 2,
          from: row + 1,
          to: end,
          mean: mean * factor,
          band: [min * factor, max * factor],
        });
    }
    row = end;
  }
  return points;
}
