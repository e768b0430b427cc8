import {
  contributionPlaces,
  type HuesOfParts,
  type Patch,
  pixelsAround,
  Reduction,
  type Samples,
} from './contributions.ts';
import { type FactorGrid3d, scalesOf, turnsOf } from './factors.ts';
import { huesOf, sky } from './hues.ts';
import { samplesPerPixel } from './lanczos.ts';
import { type ObjectView, type RoomView, viewObject, viewRoom } from './view.ts';

/**
 * The geometries of 3D Shapes (scale, shape, orientation: row-major, 480 in the published set), each made when it
 * is first asked for and kept: the contributions of the empty room by orientation, and of the pixels that an
 * object changes.
 */
export class Geometries {
  readonly size: number;
  readonly hues: HuesOfParts;
  /** Where the levels of each part begin among a pixel's contributions, and how many these are. */
  readonly places: { readonly starts: readonly number[]; readonly count: number };
  readonly scales: readonly number[];
  readonly shapes: number;
  readonly turns: readonly number[];
  readonly #reduction: Reduction;
  readonly #views: (RoomView | undefined)[] = [];
  readonly #rooms: (Patch | undefined)[] = [];
  readonly #patches: (Patch | undefined)[] = [];

  constructor(grid: FactorGrid3d, size: number) {
    this.size = size;
    this.hues = [huesOf(grid.floorHue), huesOf(grid.wallHue), huesOf(grid.objectHue), sky];
    this.places = contributionPlaces(this.hues);
    this.scales = scalesOf(grid);
    this.shapes = grid.objectShape;
    this.turns = turnsOf(grid);
    this.#reduction = new Reduction(size, this.hues);
  }

  get count(): number {
    return this.scales.length * this.shapes * this.turns.length;
  }

  /** All pixels of the room without an object. */
  room(orientation: number): Patch {
    const { size } = this;
    this.#rooms[orientation] ??= this.#reduction.reduce(withoutObject(this.#view(orientation)), {
      left: 0,
      top: 0,
      width: size,
      height: size,
    });
    return this.#rooms[orientation];
  }

  /** The pixels in which a geometry differs from its room. */
  patch(geometry: number): Patch {
    this.#patches[geometry] ??= this.#makePatch(geometry);
    return this.#patches[geometry];
  }

  /** How many contributions there are of all rooms and geometries. */
  get length(): number {
    return this.#all().reduce((sum, { contributions }) => sum + contributions.length, 0);
  }

  /**
   * Puts the contributions of all rooms, then of all geometries, behind one another into `all`, where they are
   * kept from now on. Where each begins.
   */
  keepIn(all: Int16Array): number[] {
    let next = 0;
    return this.#all().map((patch) => {
      const { length } = patch.contributions;
      all.set(patch.contributions, next);
      patch.contributions = all.subarray(next, next + length);
      next += length;
      return next - length;
    });
  }

  #all(): Patch[] {
    const rooms = this.turns.map((_, orientation) => this.room(orientation));
    return [...rooms, ...Array.from({ length: this.count }, (_, geometry) => this.patch(geometry))];
  }

  #makePatch(geometry: number): Patch {
    const { turns, shapes } = this;
    const orientation = geometry % turns.length;
    const shape = Math.floor(geometry / turns.length) % shapes;
    const scale = Math.floor(geometry / turns.length / shapes);
    const room = this.#view(orientation);
    const object = viewObject(room, shape, this.scales[scale]);
    return this.#reduction.reduce(withObject(room, object), pixelsAround(object, this.size));
  }

  #view(orientation: number): RoomView {
    this.#views[orientation] ??= viewRoom(this.turns[orientation], this.size * samplesPerPixel);
    return this.#views[orientation];
  }
}

function withoutObject({ side, parts, values }: RoomView): Samples {
  return { side, parts, values, gloss: new Float64Array(parts.length) };
}

function withObject(room: RoomView, object: ObjectView): Samples {
  const { side } = room;
  const samples = {
    side,
    parts: room.parts.slice(),
    values: room.values.slice(),
    gloss: new Float64Array(side * side),
  };
  const { left, top, width, height } = object;
  for (let row = 0; row < height; row++) {
    const to = (top + row) * side + left;
    const [from, end] = [row * width, (row + 1) * width];
    samples.parts.set(object.parts.subarray(from, end), to);
    samples.values.set(object.values.subarray(from, end), to);
    samples.gloss.set(object.gloss.subarray(from, end), to);
  }
  return samples;
}
