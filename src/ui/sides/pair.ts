import { createContext } from 'react';
import type { Point } from '../../history/decimate.ts';
import type { LiveCurve } from '../charts/live.ts';
import type { Side } from '../session/origin.ts';

export const sideNames = ['A', 'B'] as const satisfies readonly Side[];

/** One of something for each side. */
export type BySide<Part> = Readonly<Record<Side, Part>>;

export function bySide<Part>(make: (side: Side) => Part): BySide<Part> {
  return { A: make('A'), B: make('B') };
}

/** Both curves of a chart, handed past Recharts as in charts/live.ts. */
export const PairCurveContext = createContext<BySide<LiveCurve> | null>(null);

/** What a person reads at one place of the axis: the point of each side, null where it has none. */
export interface PairRow extends BySide<number | null> {
  readonly step: number;
  readonly from: number;
  readonly to: number;
}

/** The points of both by step. Both have done the same steps, so their points stand at the same ones. */
export function pairRows(points: BySide<readonly Point[]>): PairRow[] {
  const rows = new Map<number, PairRow>();
  for (const side of sideNames)
    for (const { step, from, to, mean } of points[side])
      rows.set(step, { A: null, B: null, ...rows.get(step), step, from, to, [side]: mean });
  return [...rows.values()].sort((a, b) => a.step - b.step);
}
