import { curveOf } from '../record/curve.ts';
import type { RunRecord } from '../record/runRecord.ts';
import { decimate } from './decimate.ts';
import type { History } from './history.ts';

/** Points of a curve in a record at most: as many as a chart draws. */
const curvePoints = 400;

/** The curves of a run as its record keeps them; a column without a finite number has none. */
export function recordCurves(history: History): RunRecord['history'] {
  const curves = history.columns.flatMap((column) => {
    const points = decimate(history, { column, factor: 1, first: 1, last: history.count }, curvePoints);
    return points.length === 0 ? [] : [[column, curveOf(points)] as const];
  });
  return Object.fromEntries(curves);
}
