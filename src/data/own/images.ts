import {
  type Factor,
  factorSizes,
  type Images,
  type Labelled,
  type TableDrawing,
  wordsPerImage,
} from '../dataset.ts';
import { randomBits, type Stream } from '../random/philox.ts';
import { boundedFromBits } from '../random/random.ts';
import { bitAt } from './bits.ts';
import { gridNumber, wholeGrid } from './wholeGrid.ts';

export interface OwnImagesParts {
  /** Height and width. */
  readonly size: number;
  readonly channels: number;
  readonly drawing: TableDrawing;
  readonly factors: readonly Factor[] | null;
  /** The value of each factor, [count, factors]; none where factors are not known. */
  readonly labels: Uint16Array;
}

/**
 * A person's own images: a table of all. They go by their factors where they are one of each combination of them, else by
 * number.
 */
export class OwnImages implements Images {
  readonly factors: readonly Factor[] | null;
  readonly labelled: Labelled | null;
  readonly size: number;
  readonly channels: number;
  readonly imageLength: number;
  readonly drawing: TableDrawing;
  /** Numbers of the images of all combinations of factors, in row-major order. */
  readonly #grid: Uint32Array | null;

  constructor({ size, channels, drawing, factors, labels }: OwnImagesParts) {
    this.#grid = factors && wholeGrid(labels, factorSizes(factors));
    this.factors = this.#grid && factors;
    this.labelled = factors && !this.#grid ? { factors, labels } : null;
    this.size = size;
    this.channels = channels;
    this.imageLength = size * size * channels;
    this.drawing = drawing;
  }

  get count(): number {
    return this.drawing.count;
  }

  draw(which: readonly number[], out: Float32Array, at = 0): void {
    const number = this.#grid ? this.#grid[gridNumber(which, factorSizes(this.factors))] : which[0];
    this.#drawNumber(number, out, at);
  }

  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void {
    const bits = randomBits(seed, stream, step, count * wordsPerImage);
    for (let image = 0; image < count; image++) {
      const number = boundedFromBits(bits[image * wordsPerImage], this.count);
      this.#drawNumber(number, out, image * this.imageLength);
    }
  }

  #drawNumber(number: number, out: Float32Array, at: number): void {
    const { bits, pixels } = this.drawing;
    const start = (number * this.imageLength * bits) / 8;
    for (let i = 0; i < this.imageLength; i++)
      out[at + i] = bits === 8 ? pixels[start + i] / 255 : bitAt(pixels, start, i);
  }
}
