import type { Point } from '../../history/decimate.ts';
import type { AnyMove } from '../../record/moves.ts';

/** How a curve is told from the others: by colour, and by its dash beyond what colour can tell. */
export interface LineStyle {
  readonly colour: string;
  /** Empty for a solid line. */
  readonly dash: string;
}

/** One curve of a plot. */
export interface Series {
  readonly key: string;
  /** Of its run, where a plot has several. */
  readonly name: string;
  readonly style: LineStyle;
  /** In the order of their steps. */
  readonly points: readonly Point[];
  /** What `points` were made from, by smoothing or as their mean: lines that are drawn faintly behind them. */
  readonly behind: readonly (readonly Point[])[];
  /** Where points are few and far between, each is shown. */
  readonly dots: boolean;
  /** Marked on the plot, those of gamma in this colour. */
  readonly moves: readonly AnyMove[];
  readonly gammaColour: string;
}

/** The curve of a chart that shows one run only. */
export function onlySeries(
  points: readonly Point[],
  moves: readonly AnyMove[],
  { dots = false }: { readonly dots?: boolean } = {},
): Series {
  return {
    key: 'only',
    name: '',
    style: { colour: 'var(--curve)', dash: '' },
    points,
    behind: [],
    dots,
    moves,
    gammaColour: 'var(--gamma)',
  };
}

/** The point nearest to a step; null where the curve does not reach. */
export function pointAt(points: readonly Point[], step: number): Point | null {
  if (points.length === 0 || step < points[0].from || step > points[points.length - 1].to) return null;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].step <= step) low = middle;
    else high = middle;
  }
  return step - points[low].step <= points[high].step - step ? points[low] : points[high];
}
