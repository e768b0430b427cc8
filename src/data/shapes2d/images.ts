import type { ComputedDrawing, Factor, Images } from '../dataset.ts';
import { combinationCount } from '../factors.ts';
import type { Stream } from '../random/philox.ts';
import { randomFactors } from '../random/randomFactors.ts';
import { shapes2dDrawing } from './drawing.ts';
import { type FactorGrid, factorsOfGrid } from './factors.ts';
import { drawShape, type Shapes2dTables, shapes2dTables } from './shapes2d.ts';

/** Draws 2D Shapes by their factors or at random. Channels hold the same grey picture. */
export class Shapes2dImages implements Images {
  readonly factors: readonly Factor[];
  readonly labelled = null;
  readonly tables: Shapes2dTables;
  readonly size: number;
  readonly channels: number;
  readonly #plane: Float32Array;

  constructor(grid: FactorGrid, imageSize: number, channels: number) {
    this.factors = factorsOfGrid(grid);
    this.tables = shapes2dTables(grid, imageSize);
    this.size = imageSize;
    this.channels = channels;
    this.#plane = new Float32Array(imageSize * imageSize);
  }

  get drawing(): ComputedDrawing {
    return shapes2dDrawing(this.tables);
  }

  get count(): number {
    return combinationCount(this.tables.sizes);
  }

  /** Numbers in one image: height * width * channels. */
  get imageLength(): number {
    return this.#plane.length * this.channels;
  }

  /** Draws the combination `factors` into `out[at ...]`, [height, width, channels]. */
  draw(factors: readonly number[], out: Float32Array, at = 0): void {
    if (this.channels === 1) {
      drawShape(this.tables, factors, out, at);
      return;
    }
    drawShape(this.tables, factors, this.#plane, 0);
    for (let pixel = 0; pixel < this.#plane.length; pixel++) {
      const start = at + pixel * this.channels;
      out.fill(this.#plane[pixel], start, start + this.channels);
    }
  }

  /** A random batch into `out`, [count, height, width, channels]. */
  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void {
    randomFactors(this.tables.sizes, seed, stream, step, count).forEach((factors, image) => {
      this.draw(factors, out, image * this.imageLength);
    });
  }
}
