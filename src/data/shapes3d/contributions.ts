import type { Hues } from './hues.ts';
import { firstTap, lanczosWeights, samplesPerPixel, taps } from './lanczos.ts';
import { parts } from './view.ts';

/**
 * What each part of a scene gives to a pixel's channel, by the channel's level in the part's hue. A sample has one
 * part, and what it gives is clipped and rounded by itself, so a pixel is the sum of one contribution of each
 * part, whatever the hues are: pictures of one geometry are made from the same numbers.
 */

/** Contributions are whole numbers of 2^-6 of a level of 255. With the filter's lobes they stay within 16 bits. */
export const contributionBits = 6;

/** The hues of floor, wall, object and sky, in the order of `parts`. */
export type HuesOfParts = readonly [floor: Hues, wall: Hues, object: Hues, sky: Hues];

/** What `side` x `side` samples are made of (view.ts). */
export interface Samples {
  readonly side: number;
  readonly parts: Uint8Array;
  readonly values: Float64Array;
  readonly gloss: Float64Array;
}

/** A box of pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Contributions of the pixels in a box, [height, width, part and level]. */
export interface Patch extends Box {
  contributions: Int16Array;
}

/** Where the levels of each part begin among the contributions of a pixel, and how many these are. */
export function contributionPlaces(hues: HuesOfParts): { starts: readonly number[]; count: number } {
  let count = 0;
  const starts = hues.map(({ levels }) => {
    count += levels.length;
    return count - levels.length;
  });
  return { starts, count };
}

/** The pixels that a box of samples has a part in. */
export function pixelsAround(samples: Box, size: number): Box {
  const first = (sample: number) => Math.max(0, Math.ceil((sample - firstTap - taps + 1) / samplesPerPixel));
  const last = (sample: number) => Math.min(size - 1, Math.floor((sample - firstTap) / samplesPerPixel));
  const left = first(samples.left);
  const top = first(samples.top);
  return {
    left,
    top,
    width: last(samples.left + samples.width - 1) - left + 1,
    height: last(samples.top + samples.height - 1) - top + 1,
  };
}

/** Reduces samples to the pixels of a box. */
export class Reduction {
  readonly #size: number;
  readonly #weights: Float64Array;
  readonly #hues: HuesOfParts;
  /** Samples of a line, and lines of the box, reduced along x. */
  readonly #line: Float64Array;
  readonly #lines: Float64Array;

  constructor(size: number, hues: HuesOfParts) {
    this.#size = size;
    this.#weights = lanczosWeights(size);
    this.#hues = hues;
    const side = size * samplesPerPixel;
    this.#line = new Float64Array(side);
    this.#lines = new Float64Array(side * size);
  }

  reduce(samples: Samples, box: Box): Patch {
    const { starts, count } = contributionPlaces(this.#hues);
    const contributions = new Int16Array(box.width * box.height * count);
    for (const part of Object.values(parts))
      this.#hues[part].levels.forEach((level, i) => {
        this.#reduceLevel(samples, box, part, level, contributions, starts[part] + i, count);
      });
    return { ...box, contributions };
  }

  #reduceLevel(
    samples: Samples,
    box: Box,
    part: number,
    level: number,
    out: Int16Array,
    first: number,
    step: number,
  ): void {
    const { left, top, width, height } = box;
    const [weights, line, lines] = [this.#weights, this.#line, this.#lines];
    const columns = this.#samplesOf(left, width);
    const rows = this.#samplesOf(top, height);
    // Between the first row that gives anything and the last.
    let given: Range = { from: rows.to, to: rows.from };
    for (let row = rows.from; row < rows.to; row++) {
      lines.fill(0, row * width, (row + 1) * width);
      if (!fillLine(line, samples, row, columns, part, level)) continue;
      given = { from: Math.min(given.from, row), to: row + 1 };
      for (let x = 0; x < width; x++) lines[row * width + x] = this.#weigh(weights, line, 1, 0, left + x);
    }
    for (let y = 0; y < height; y++) {
      const { from, to } = this.#samplesOf(top + y, 1);
      if (from >= given.to || to <= given.from) continue;
      for (let x = 0; x < width; x++) {
        const sum = this.#weigh(weights, lines, width, x, top + y);
        out[(y * width + x) * step + first] = Math.round(sum * 2 ** contributionBits);
      }
    }
  }

  /** The samples that `count` pixels from `first` on are made from, along one axis. */
  #samplesOf(first: number, count: number): Range {
    const from = first * samplesPerPixel + firstTap;
    const to = from + (count - 1) * samplesPerPixel + taps;
    return { from: Math.max(0, from), to: Math.min(this.#size * samplesPerPixel, to) };
  }

  /** The weighted sum of a pixel's samples along one axis: number i of the axis is values[i * step + first]. */
  #weigh(weights: Float64Array, values: Float64Array, step: number, first: number, pixel: number): number {
    const start = pixel * samplesPerPixel + firstTap;
    const end = Math.min(taps, this.#size * samplesPerPixel - start);
    let sum = 0;
    for (let tap = Math.max(0, -start); tap < end; tap++)
      sum += weights[pixel * taps + tap] * values[(start + tap) * step + first];
    return sum;
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** What some samples of a row give; whether any does. */
function fillLine(
  line: Float64Array,
  { side, parts, values, gloss }: Samples,
  row: number,
  columns: Range,
  part: number,
  level: number,
): boolean {
  let any = false;
  for (let x = columns.from; x < columns.to; x++) {
    const at = row * side + x;
    const given = parts[at] === part ? Math.round(255 * Math.min(1, values[at] * level + gloss[at])) : 0;
    line[x] = given;
    if (given !== 0) any = true;
  }
  return any;
}
