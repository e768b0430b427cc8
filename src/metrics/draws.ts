import { randomBits, type Stream } from '../data/random/philox.ts';
import { boundedFromBits } from '../data/random/random.ts';
import { type ImageRange, imagesByValue } from './imageRange.ts';

/**
 * Factors of `count` images drawn independently and uniformly from the grid, [count, factors]: factor f of image i
 * comes from word i * factors + f of the stream at this step.
 */
export function drawFactorRows(
  seed: number,
  stream: Stream,
  step: number,
  count: number,
  factorSizes: readonly number[],
): Int32Array {
  return rowsFromBits(randomBits(seed, stream, step, count * factorSizes.length), factorSizes);
}

/** Images of which some share the value of one factor. */
export interface SharedFactorDraw {
  readonly factor: number;
  /** What names the images, [count, choices]. */
  readonly rows: Int32Array;
}

export interface SharedFactorPlan {
  readonly count: number;
  readonly group: number;
  readonly among: readonly number[];
  readonly range: ImageRange;
}

/**
 * Draws one of the factors `among`, then `count` images in groups of `group` that share its value. Of a grid all
 * else is drawn independently; where images go by number, the others of a group are drawn from those that have the
 * first one's value. The factor comes from the word after the images' own.
 */
export function drawSharedFactor(
  seed: number,
  stream: Stream,
  step: number,
  { count, group, among, range }: SharedFactorPlan,
): SharedFactorDraw {
  const { choices, labels, factorSizes } = range;
  const width = choices.length;
  const bits = randomBits(seed, stream, step, count * width + 1);
  const factor = among[boundedFromBits(bits[count * width], among.length)];
  const rows = rowsFromBits(bits.subarray(0, count * width), choices);
  if (labels) {
    const byValue = imagesByValue(labels, factorSizes)[factor];
    for (let row = 0; row < count; row++) {
      const alike = byValue[labels[rows[row - (row % group)] * factorSizes.length + factor]];
      if (row % group > 0) rows[row] = alike[boundedFromBits(bits[row], alike.length)];
    }
  } else
    for (let row = 0; row < count; row++)
      rows[row * width + factor] = rows[(row - (row % group)) * width + factor];
  return { factor, rows };
}

/** `picked` different numbers out of 0..length-1 in random order, by the first steps of Fisher and Yates' shuffle. */
export function pickDistinct(
  seed: number,
  stream: Stream,
  step: number,
  picked: number,
  length: number,
): Int32Array {
  const bits = randomBits(seed, stream, step, picked);
  const order = Int32Array.from({ length }, (_, i) => i);
  for (let i = 0; i < picked; i++) {
    const j = i + boundedFromBits(bits[i], length - i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order.slice(0, picked);
}

function rowsFromBits(bits: Uint32Array, factorSizes: readonly number[]): Int32Array {
  const rows = new Int32Array(bits.length);
  for (let at = 0; at < bits.length; at += factorSizes.length)
    for (let factor = 0; factor < factorSizes.length; factor++)
      rows[at + factor] = boundedFromBits(bits[at + factor], factorSizes[factor]);
  return rows;
}
