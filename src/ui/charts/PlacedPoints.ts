import type { ScaleFunction } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { type BandPlace, pixel, placeOf } from './paths.ts';

/** Points stay where they are until the axes change: each is placed, and written, once. */
export class PlacedPoints {
  readonly #x: ScaleFunction;
  readonly #y: ScaleFunction;
  readonly #foot: string;
  readonly #places = new WeakMap<Point, BandPlace>();

  constructor(x: ScaleFunction, y: ScaleFunction, foot: number) {
    this.#x = x;
    this.#y = y;
    this.#foot = foot.toFixed(1);
  }

  of(point: Point): BandPlace {
    const known = this.#places.get(point);
    if (known) return known;
    const { x, mean } = placeOf(this.#x, this.#y, point.step, point.mean);
    const place = {
      x,
      mean,
      low: `${x} ${pixel(this.#y, point.band[0]) ?? this.#foot}`,
      high: `${x} ${pixel(this.#y, point.band[1]) ?? this.#foot}`,
    };
    this.#places.set(point, place);
    return place;
  }
}
