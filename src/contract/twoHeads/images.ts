import { type Images, type TableDrawing, wordsPerImage } from '../../data/dataset.ts';
import { randomBits, type Stream } from '../../data/philox.ts';
import { boundedFromBits } from '../../data/random.ts';

/** A dozen colour images that nobody knows the factors of. */
export class NoiseImages implements Images {
  readonly size = 8;
  readonly channels = 3;
  readonly imageLength = 8 * 8 * 3;
  readonly drawing: TableDrawing;

  constructor() {
    const count = 12;
    const bits = randomBits(5, 0, 0, count * this.imageLength);
    this.drawing = { kind: 'table', count, pixels: Uint8Array.from(bits, (word) => word >>> 24) };
  }

  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void {
    const bits = randomBits(seed, stream, step, count * wordsPerImage);
    for (let image = 0; image < count; image++) {
      const start = boundedFromBits(bits[image * wordsPerImage], this.drawing.count) * this.imageLength;
      for (let i = 0; i < this.imageLength; i++)
        out[image * this.imageLength + i] = this.drawing.pixels[start + i] / 255;
    }
  }
}
