import { type ComputedDrawing, type Factor, factorSizes, type Images } from '../dataset.ts';
import { combinationCount } from '../factors.ts';
import type { Stream } from '../random/philox.ts';
import { randomFactors } from '../random/randomFactors.ts';
import { contributionBits, type Patch } from './contributions.ts';
import { shapes3dDrawing } from './drawing.ts';
import { type FactorGrid3d, factorsOfGrid3d } from './factors.ts';
import { Geometries } from './geometries.ts';
import { sky } from './hues.ts';

/** Draws 3D Shapes by their factors or at random, in three channels. */
export class Shapes3dImages implements Images {
  readonly factors: readonly Factor[];
  readonly labelled = null;
  readonly size: number;
  readonly channels = 3;
  readonly #sizes: readonly number[];
  readonly #geometries: Geometries;
  #drawing: ComputedDrawing | undefined;

  constructor(grid: FactorGrid3d, imageSize: number) {
    this.factors = factorsOfGrid3d(grid);
    this.#sizes = factorSizes(this.factors);
    this.size = imageSize;
    this.#geometries = geometriesOf(grid, imageSize);
  }

  get drawing(): ComputedDrawing {
    this.#drawing ??= shapes3dDrawing(this.#geometries, this.#sizes);
    return this.#drawing;
  }

  get count(): number {
    return combinationCount(this.#sizes);
  }

  get imageLength(): number {
    return this.size * this.size * this.channels;
  }

  /** Draws the combination `factors` into `out[at ...]`, [height, width, channels]: whole numbers of 255ths. */
  draw([floor, wall, object, scale, shape, orientation]: readonly number[], out: Float32Array, at = 0): void {
    const { hues, places, shapes, turns } = this.#geometries;
    const geometry = (scale * shapes + shape) * turns.length + orientation;
    const chosen = [
      hues[0].channels[floor],
      hues[1].channels[wall],
      hues[2].channels[object],
      sky.channels[0],
    ];
    const levels = [0, 1, 2].map((channel) =>
      chosen.map((channels, part) => places.starts[part] + channels[channel]),
    );
    const { size } = this;
    const room = this.#geometries.room(orientation);
    fill(room, places.count, levels, size, out, at);
    fill(this.#geometries.patch(geometry), places.count, levels, size, out, at);
  }

  drawBatch(seed: number, stream: Stream, step: number, count: number, out: Float32Array): void {
    randomFactors(this.#sizes, seed, stream, step, count).forEach((factors, image) => {
      this.draw(factors, out, image * this.imageLength);
    });
  }
}

/** Draws the pixels of a patch. `levels`: which contributions of a pixel make each channel. */
function fill(
  { left, top, width, height, contributions }: Patch,
  step: number,
  levels: readonly (readonly number[])[],
  size: number,
  out: Float32Array,
  at: number,
): void {
  const half = 1 << (contributionBits - 1);
  const channels = levels.length;
  levels.forEach(([floor, wall, object, sky], channel) => {
    for (let y = 0, from = 0; y < height; y++) {
      let to = at + ((top + y) * size + left) * channels + channel;
      for (let x = 0; x < width; x++, from += step, to += channels) {
        const sum =
          contributions[from + floor] +
          contributions[from + wall] +
          contributions[from + object] +
          contributions[from + sky];
        out[to] = Math.min(255, Math.max(0, (sum + half) >> contributionBits)) / 255;
      }
    }
  });
}

let latest: { readonly key: string; readonly geometries: Geometries } | null = null;

/** Geometries are kept for whoever draws the same images next: the trainer, its pictures, measures. */
function geometriesOf(grid: FactorGrid3d, size: number): Geometries {
  const key = JSON.stringify([grid, size]);
  if (latest?.key !== key) latest = { key, geometries: new Geometries(grid, size) };
  return latest.geometries;
}
