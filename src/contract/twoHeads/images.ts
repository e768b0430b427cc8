import { type Images, type TableDrawing, wordsPerImage } from '../../data/dataset.ts';
import { randomBits, type Stream } from '../../data/random/philox.ts';
import { boundedFromBits } from '../../data/random/random.ts';

/** A dozen colour images that nobody knows the factors of. */
export class NoiseImages implements Images {
  readonly factors = null;
  readonly labelled = null;
  readonly size = 8;
  readonly channels = 3;
  readonly imageLength = 8 * 8 * 3;
  readonly drawing: TableDrawing;

  constructor() {
    const count = 12;
    const bits = randomBits(5, 0, 0, count * this.imageLength);
    this.drawing = { kind: 'table', count, bits: 8, pixels: Uint8Array.from(bits, (word) => word >>> 24) };
  }

  get count(): number {
    return this.drawing.count;
  }

  draw([number]: readonly number[], out: Float32Array, at = 0): void {
    for (let i = 0; i < this.imageLength; i++)
      out[at + i] = this.drawing.pixels[number * this.imageLength + i] / 255;
  }

  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void {
    const bits = randomBits(seed, stream, step, count * wordsPerImage);
    for (let image = 0; image < count; image++) {
      const number = boundedFromBits(bits[image * wordsPerImage], this.count);
      this.draw([number], out, image * this.imageLength);
    }
  }
}
