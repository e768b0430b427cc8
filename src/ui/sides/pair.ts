import type { Point } from '../../history/decimate.ts';
import type { AnyMove } from '../../record/moves.ts';
import type { Series } from '../charts/series.ts';
import type { Side } from '../session/origin.ts';

export const sideNames = ['A', 'B'] as const satisfies readonly Side[];

/** One of something for each side. */
export type BySide<Part> = Readonly<Record<Side, Part>>;

export function bySide<Part>(make: (side: Side) => Part): BySide<Part> {
  return { A: make('A'), B: make('B') };
}

/** Dashed for B, so that A is seen below where both are the same. */
const dashes: BySide<string> = { A: '', B: '7 4' };

/** A side's curve: it and its marks are in the side's colour. */
export function sideSeries(
  side: Side,
  points: readonly Point[],
  moves: readonly AnyMove[],
  dots: boolean,
): Series {
  const colour = `var(--side-${side.toLowerCase()})`;
  return {
    key: side,
    name: side,
    style: { colour, dash: dashes[side] },
    points,
    behind: [],
    dots,
    moves,
    gammaColour: colour,
  };
}
