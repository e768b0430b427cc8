import type { Point } from '../../history/decimate.ts';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** An axis shown stays until one that fits is so many times shorter. */
const mostSlack = 1.7;
/** The shortest steps axis: an empty chart shows it too. */
const fewestSteps = 100;

/** Step between ticks: 1, 2 or 5 times a power of ten, so that about `count` fit into `span`. */
function tickStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const multiple = rough / power;
  return power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
}

/** An axis from `low` to `high` widened to whole ticks: it stays put while the values move a little. */
export function linearAxis(low: number, high: number, count = 4): Axis {
  const span = high - low || Math.abs(high) || 1;
  const step = tickStep(span, count);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  // Multiplying whole numbers, not adding steps, keeps 0.3 from becoming 0.30000000000000004.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

/** A logarithmic axis over [low, high], both positive, with ticks at 1, 2 and 5 times powers of ten as they fit. */
export function logAxis(low: number, high: number, count = 4): Axis {
  const multiples = logMultiples(high / low);
  const candidates: number[] = [];
  for (let power = Math.floor(Math.log10(low)) - 1; power <= Math.ceil(Math.log10(high)); power++)
    for (const multiple of multiples) candidates.push(Number((multiple * 10 ** power).toPrecision(3)));
  const start = candidates.findLastIndex((tick) => tick <= low);
  const end = candidates.findIndex((tick) => tick >= high);
  const ticks = candidates.slice(Math.max(0, start), (end < 0 ? candidates.length - 1 : end) + 1);
  if (ticks.length < 2) ticks.push(ticks[0] * 10);
  const every = Math.ceil(ticks.length / (count + 2));
  return {
    domain: [ticks[0], ticks[ticks.length - 1]],
    ticks: ticks.filter((_, i) => i % every === 0),
  };
}

function logMultiples(ratio: number): readonly number[] {
  if (ratio > 200) return [1];
  if (ratio > 20) return [1, 3];
  return ratio > 4 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
}

/**
 * The axis shown, as long as it holds [low, high] and wastes little room beside `fitting`, the one made for them: an axis
 * that jumps to and fro is hard to read, and to draw one anew costs more than to draw its curve. In a `young` run it only
 * widens: values still fall and rise by leaps.
 */
export function settledAxis(shown: Axis, fitting: Axis, scale: 'linear' | 'log', young: boolean): Axis {
  const [bottom, top] = shown.domain;
  const [low, high] = fitting.domain;
  const span = scale === 'log' ? Math.log(top / bottom) : top - bottom;
  const needed = scale === 'log' ? Math.log(high / low) : high - low;
  const slack = young ? Number.POSITIVE_INFINITY : mostSlack;
  return bottom <= low && top >= high && span <= slack * needed ? shown : fitting;
}

/** The steps at the left and right edge of an axis. */
export interface StepRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The steps to show of a run of `count` steps: all, or the `last` ones. The right edge keeps ahead of the run and moves on
 * twice while the run doubles, or by a tenth of the window: the curve grows into the room.
 */
export function stepRange(count: number, last: number | null): StepRange {
  const stride = last === null ? 2 ** Math.floor(Math.log2(Math.max(1, count))) / 2 : last / 10;
  const end = Math.max(fewestSteps, Math.ceil(count / stride) * stride);
  return { first: last === null ? 1 : Math.max(1, end - last + 1), end };
}

/** The ticks of a steps axis from `first` to `last`, inside them. */
export function stepTicks(first: number, last: number, count: number): number[] {
  const step = Math.max(1, tickStep(Math.max(1, last - first), count));
  const ticks: number[] = [];
  for (let tick = Math.ceil(first / step) * step; tick <= last; tick += step) ticks.push(tick);
  return ticks;
}

/**
 * The range of values worth showing. A few wild steps at the start of a run must not flatten all that follows, so the
 * outermost twentieth of the points is left out on either side; the last tenth always counts.
 */
export function valueRange(points: readonly Point[]): [number, number] | null {
  if (points.length === 0) return null;
  const recent = points.slice(-Math.ceil(points.length / 10));
  const cut = points.length < 40 ? 0 : Math.floor(points.length / 20);
  const lows = Float64Array.from(points, (p) => p.band[0]).sort();
  const highs = Float64Array.from(points, (p) => p.band[1]).sort();
  return [
    Math.min(lows[cut], ...recent.map((p) => p.band[0])),
    Math.max(highs[highs.length - 1 - cut], ...recent.map((p) => p.band[1])),
  ];
}
