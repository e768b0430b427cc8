import type { Point } from '../../history/decimate.ts';

export interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** An axis shown stays until one that fits is so many times shorter. */
const mostSlack = 1.7;
/** The shortest steps axis: an empty chart shows it too. */
const fewestSteps = 100;

/** Values nearer to each other than this share of their size lie on one line: labels cannot tell them apart. */
const leastRelativeSpan = 1e-3;
/** Sums, differences and quotients of numbers within these stay finite and above 0. */
const greatest = Number.MAX_VALUE / 8;
const leastSpan = 1e-300;

/**
 * Step between ticks: 1, 2 or 5 times a power of ten, so that about `count` fit into `span`, a positive number.
 */
function tickStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const multiple = rough / power;
  return power * (multiple <= 1 ? 1 : multiple <= 2 ? 2 : multiple <= 5 ? 5 : 10);
}

/**
 * An axis from `low` to `high` widened to whole ticks: it stays put while the values move a little. Any numbers
 * give an axis of two to `count` + 3 ticks; what is no number counts as 0 to 1.
 */
export function linearAxis(low: number, high: number, count = 4): Axis {
  if (!(low <= high)) return linearAxis(0, 1, count);
  const bottom = Math.max(-greatest, Math.min(greatest, low));
  const top = Math.max(-greatest, Math.min(greatest, high));
  const size = Math.max(Math.abs(bottom), Math.abs(top));
  const span = bottom === top ? size || 1 : Math.max(top - bottom, size * leastRelativeSpan);
  const step = tickStep(Math.max(leastSpan, span), count);
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(top / step - 1e-9));
  // Multiplying whole numbers, not adding steps, keeps 0.3 from becoming 0.30000000000000004.
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
  return { domain: [ticks[0], ticks[ticks.length - 1]], ticks };
}

/**
 * A logarithmic axis over [low, high] with ticks at 1, 2 and 5 times powers of ten as they fit. It goes down to
 * any positive number; of ends that are not positive the other one counts, else 1.
 */
export function logAxis(low: number, high: number, count = 4): Axis {
  const top = high > 0 ? Math.min(greatest, high) : low > 0 ? Math.min(greatest, low) : 1;
  const bottom = low > 0 ? Math.min(low, top) : top;
  const multiples = logMultiples(Math.log10(top) - Math.log10(bottom));
  const candidates: number[] = [];
  for (let power = Math.floor(Math.log10(bottom)) - 1; power <= Math.ceil(Math.log10(top)) + 1; power++)
    for (const multiple of multiples) {
      // Read from its text, a power of ten is the very one.
      const tick = Math.max(Number.MIN_VALUE, Number(`${multiple}e${power}`));
      if (tick !== candidates.at(-1)) candidates.push(tick);
    }
  const start = Math.max(
    0,
    candidates.findLastIndex((tick) => tick <= bottom),
  );
  const end = Math.max(
    start + 1,
    candidates.findIndex((tick) => tick >= top),
  );
  const ticks = candidates.slice(start, end + 1);
  const every = Math.ceil(ticks.length / (count + 2));
  return {
    domain: [ticks[0], ticks[ticks.length - 1]],
    ticks: ticks.filter((_, i) => i % every === 0),
  };
}

function logMultiples(decades: number): readonly number[] {
  if (decades > Math.log10(200)) return [1];
  if (decades > Math.log10(20)) return [1, 3];
  return decades > Math.log10(4) ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 6, 8];
}

/**
 * The axis shown, as long as it holds [low, high] and wastes little room beside `fitting`, the one made for them:
 * an axis that jumps to and fro is hard to read, and to draw one again costs more than to draw its curve. In a
 * `young` run it only widens: values still fall and rise by leaps.
 */
export function settledAxis(shown: Axis, fitting: Axis, scale: 'linear' | 'log', young: boolean): Axis {
  const [bottom, top] = shown.domain;
  const [low, high] = fitting.domain;
  const span = scale === 'log' ? Math.log(top) - Math.log(bottom) : top - bottom;
  const needed = scale === 'log' ? Math.log(high) - Math.log(low) : high - low;
  const slack = young ? Number.POSITIVE_INFINITY : mostSlack;
  return bottom <= low && top >= high && span <= slack * needed ? shown : fitting;
}

/** The steps at the left and right edge of an axis. */
export interface StepRange {
  readonly first: number;
  readonly end: number;
}

/**
 * The steps to show of a run of `count` steps: all, or the `last` ones. The right edge keeps ahead of the run and
 * moves on twice while the run doubles, or by a tenth of the window: the curve grows into the room.
 */
export function stepRange(count: number, last: number | null): StepRange {
  const stride = last === null ? 2 ** Math.floor(Math.log2(Math.max(1, count))) / 2 : last / 10;
  const end = Math.max(fewestSteps, Math.ceil(count / stride) * stride);
  return { first: last === null ? 1 : Math.max(1, end - last + 1), end };
}

/** The ticks of a steps axis from `first` to `last`, inside them. */
export function stepTicks(first: number, last: number, count: number): number[] {
  const step = Math.max(1, tickStep(Math.max(1, last - first), count));
  const [from, to] = [Math.ceil(first / step), Math.floor(last / step)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => (from + i) * step);
}

/**
 * The range of values worth showing on a linear axis. A few wild steps at the start of a run must not flatten all
 * that follows, so the outermost twentieth of the points is left out on either side; the last tenth always counts.
 */
export function valueRange(points: readonly Point[]): [number, number] | null {
  if (points.length === 0) return null;
  const cut = points.length < 40 ? 0 : Math.floor(points.length / 20);
  const lows = Float64Array.from(points, (p) => p.band[0]).sort();
  const highs = Float64Array.from(points, (p) => p.band[1]).sort();
  let [low, high] = [lows[cut], highs[highs.length - 1 - cut]];
  for (let i = points.length - Math.ceil(points.length / 10); i < points.length; i++) {
    const [least, most] = points[i].band;
    if (least < low) low = least;
    if (most > high) high = most;
  }
  return [low, high];
}

/**
 * The same for a logarithmic axis, which shows small values beside large ones: down to the least that is positive.
 */
export function positiveRange(points: readonly Point[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  for (const { mean, band } of points) {
    const least = band[0] > 0 ? band[0] : mean;
    if (least > 0 && least < low) low = least;
  }
  const range = valueRange(points);
  return range === null || low === Number.POSITIVE_INFINITY ? null : [low, Math.max(low, range[1])];
}
