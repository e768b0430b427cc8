import { randomBits, type Stream } from '../data/random/philox.ts';
import { boundedFromBits } from '../data/random/random.ts';

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
  /** [count, factors] */
  readonly rows: Int32Array;
}

export interface SharedFactorPlan {
  readonly count: number;
  readonly group: number;
  readonly among: readonly number[];
  readonly factorSizes: readonly number[];
}

/**
 * Draws one of the factors `among`, then `count` images in groups of `group` that share its value; all else is drawn
 * independently. The factor comes from the word after the images' own.
 */
export function drawSharedFactor(
  seed: number,
  stream: Stream,
  step: number,
  { count, group, among, factorSizes }: SharedFactorPlan,
): SharedFactorDraw {
  const width = factorSizes.length;
  const bits = randomBits(seed, stream, step, count * width + 1);
  const factor = among[boundedFromBits(bits[count * width], among.length)];
  const rows = rowsFromBits(bits.subarray(0, count * width), factorSizes);
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
