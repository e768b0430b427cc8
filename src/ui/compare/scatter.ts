import { dialOf } from '../../config/objective.ts';
import { shortText } from '../../locale/settingWords.ts';
import { type TradeOff, tradeOff } from '../../record/results.ts';
import { type Axis, linearAxis } from '../charts/axes.ts';
import type { ComparedRun } from './comparedRuns.ts';

/** A run in the paper's picture. */
export interface ScatterPoint extends TradeOff {
  readonly run: ComparedRun;
  /** "γ 20" or "β 4". */
  readonly label: string;
}

/** The runs that were measured. */
export function scatterPoints(runs: readonly ComparedRun[]): ScatterPoint[] {
  return runs.flatMap((run) => {
    const result = tradeOff(run.record);
    return result ? [{ ...result, run, label: shortText(dialOf(result.objective), result.weight) }] : [];
  });
}

/** Axes with a little room around the points. */
export function scatterAxes(points: readonly ScatterPoint[]): { x: Axis; y: Axis } {
  const axisAround = (values: readonly number[], empty: readonly [number, number]): Axis => {
    if (values.length === 0) return linearAxis(...empty, 5);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = (high - low || Math.abs(high) || 1) * 0.08;
    // Neither quantity is negative unless its values are.
    return linearAxis(low < 0 ? low - room : Math.max(0, low - room), high + room, 5);
  };
  const y = axisAround(
    points.map(({ metric }) => metric),
    [0, 1],
  );
  return {
    x: axisAround(
      points.map(({ reconstruction }) => reconstruction),
      [0, 100],
    ),
    // A score ends at 1.
    y: y.domain[1] > 1 ? linearAxis(Math.min(y.domain[0], 0.9), 1, 5) : y,
  };
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** The size of a label's text in pixels, about. */
const letterWidth = 6.6;
const lineHeight = 14;
/** From a point's middle to its label. */
const gap = 9;

/**
 * Where the labels of points stand, by their left end and base line: right of the point, else left, above or
 * below; null where every place would cover a point or a label that came before, or reach over the left, right or
 * upper edge.
 */
export function placeLabels(
  points: readonly (Place & { readonly label: string })[],
  width: number,
): (Place | null)[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  return points.map(({ x, y, label }) => {
    const size = label.length * letterWidth;
    const candidates: Place[] = [
      { x: x + gap, y: y + 4 },
      { x: x - gap - size, y: y + 4 },
      { x: x - size / 2, y: y - gap },
      { x: x - size / 2, y: y + gap + 10 },
    ];
    for (const place of candidates) {
      const box = {
        left: place.x,
        right: place.x + size,
        top: place.y - lineHeight + 3,
        bottom: place.y + 3,
      };
      if (box.left < 0 || box.right > width || box.top < 0 || taken.some((other) => overlap(box, other)))
        continue;
      taken.push(box);
      return place;
    }
    return null;
  });
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
