import { type CurvePoint, pointsOf } from '../record/curve.ts';
import type { RunRecord } from '../record/runRecord.ts';

/** The steps of a run that are known by the curves of its record only: those from before its page was loaded. */
export interface Past {
  /** How many steps that is. */
  readonly steps: number;
  /** Points by column, in the order of their steps; a column that was not measured has none. */
  readonly columns: ReadonlyMap<string, readonly CurvePoint[]>;
}

export const noPast: Past = { steps: 0, columns: new Map() };

/** The curves of a record up to a step. */
export function pastOf(history: RunRecord['history'], steps: number): Past {
  const columns = Object.entries(history).map(
    ([column, curve]) => [column, pointsOf(curve).filter(({ from }) => from <= steps)] as const,
  );
  return { steps, columns: new Map(columns) };
}

/**
 * Calls `add` with every point of a column that has steps among rows `from` up to, not including, `to` (row i is
 * step i + 1), and how many they are.
 */
export function eachPast(
  { columns }: Past,
  column: string,
  from: number,
  to: number,
  add: (point: CurvePoint, steps: number) => void,
): void {
  const points = columns.get(column) ?? [];
  for (let i = firstEndingAfter(points, from); i < points.length && points[i].from <= to; i++) {
    const covered = Math.min(points[i].to, to) - Math.max(points[i].from - 1, from);
    if (covered > 0) add(points[i], covered);
  }
}

/** Index of the first point whose last step is beyond `row`. */
function firstEndingAfter(points: readonly CurvePoint[], row: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle].to > row) high = middle;
    else low = middle + 1;
  }
  return low;
}
