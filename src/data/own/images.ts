import { type Factor, type Images, type TableDrawing, wordsPerImage } from '../dataset.ts';
import { randomBits, type Stream } from '../random/philox.ts';
import { boundedFromBits } from '../random/random.ts';
import { LabelIndex } from './labelIndex.ts';

export interface OwnImagesParts {
  /** Height and width. */
  readonly size: number;
  readonly channels: number;
  readonly drawing: TableDrawing;
  readonly factors: readonly Factor[] | null;
  /** The value of each factor, [count, factors]; none where factors are not known. */
  readonly labels: Uint16Array;
}

/** A person's own images: a table of all, with what is known of them. */
export class OwnImages implements Images {
  readonly factors: readonly Factor[] | null;
  readonly present: Uint16Array | null;
  readonly size: number;
  readonly channels: number;
  readonly imageLength: number;
  readonly drawing: TableDrawing;
  readonly #index: LabelIndex | null;

  constructor({ size, channels, drawing, factors, labels }: OwnImagesParts) {
    this.factors = factors;
    this.size = size;
    this.channels = channels;
    this.imageLength = size * size * channels;
    this.drawing = drawing;
    this.#index = factors && new LabelIndex(labels, factors.length);
    this.present = factors && labels;
  }

  get count(): number {
    return this.drawing.count;
  }

  /** By factors: an image that has these values or, where there is none, one that has most of them. */
  draw(which: readonly number[], out: Float32Array, at = 0): void {
    this.#drawNumber(this.#index ? this.#index.find(which) : which[0], out, at);
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
    const first = number * this.imageLength;
    if (bits === 8) for (let i = 0; i < this.imageLength; i++) out[at + i] = pixels[first + i] / 255;
    else
      for (let i = 0; i < this.imageLength; i++)
        out[at + i] = (pixels[(first + i) >> 3] >> (7 - ((first + i) & 7))) & 1;
  }
}
