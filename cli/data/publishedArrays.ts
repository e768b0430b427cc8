import { presets } from '../../src/config/presets.ts';
import { factorSizes, type Images } from '../../src/data/dataset.ts';
import { factorsAt } from '../../src/data/factors.ts';
import { linspace } from '../../src/data/linspace.ts';
import { scalesOf, turnsOf } from '../../src/data/shapes3d/factors.ts';
import type { NumberType } from '../../src/intake/numberTypes.ts';
import type { MadeDataset } from './arguments.ts';

/** An array of a published file: its bytes in order, in pieces. */
export interface PublishedArray {
  readonly name: string;
  readonly type: NumberType;
  readonly shape: readonly number[];
  pieces(): Iterable<Uint8Array>;
}

const imagesPerPiece = 256;

/** Factors' values of some images, a row an image. */
type Rows = readonly (readonly number[])[];

/**
 * The arrays of some images, by their row-major numbers, as the published file of the data set has them: dSprites'
 * own (Matthey et al. 2017), 3dshapes.h5 (Burgess & Kim 2018).
 */
export function publishedArrays(
  dataset: MadeDataset,
  images: Images,
  chosen: Int32Array,
  onProgress: (done: number) => void,
): PublishedArray[] {
  const sizes = factorSizes(images.factors);
  const rows = chosen.length;
  const { size } = images;
  function* piecesBy(make: (some: Rows) => Uint8Array): Generator<Uint8Array> {
    for (let first = 0; first < rows; first += imagesPerPiece) {
      const some = chosen.subarray(first, first + imagesPerPiece);
      yield make(Array.from(some, (number) => factorsAt(number, sizes)));
    }
  }
  function* pixels(white: number): Generator<Uint8Array> {
    let done = 0;
    for (const piece of piecesBy((some) => pixelsOf(images, some, white))) {
      onProgress(done / rows);
      done += imagesPerPiece;
      yield piece;
    }
  }
  switch (dataset) {
    case 'shapes2d':
      return [
        {
          name: 'imgs',
          type: 'u1',
          shape: [rows, size, size],
          pieces: () => pixels(1),
        },
        { name: 'latents_classes', type: 'i8', shape: [rows, 6], pieces: () => piecesBy(classesOf) },
        {
          name: 'latents_values',
          type: 'f8',
          shape: [rows, 6],
          pieces: () => piecesBy((some) => realsOf(some, values2d(sizes), [1])),
        },
      ];
    case 'shapes3d':
      return [
        {
          name: 'images',
          type: 'u1',
          shape: [rows, size, size, 3],
          pieces: () => pixels(255),
        },
        {
          name: 'labels',
          type: 'f8',
          shape: [rows, 6],
          pieces: () => piecesBy((some) => realsOf(some, values3d(sizes), [])),
        },
      ];
  }
}

/** Bytes of images, in which 1 is `white`. */
function pixelsOf(images: Images, rows: Rows, white: number): Uint8Array {
  const { imageLength } = images;
  const numbers = new Float32Array(rows.length * imageLength);
  rows.forEach((factors, i) => {
    images.draw(factors, numbers, i * imageLength);
  });
  return Uint8Array.from(numbers, (number) => Math.round(number * white));
}

/** dSprites counts its one colour as a factor, the first. */
function classesOf(rows: Rows): Uint8Array {
  const classes = new BigInt64Array(rows.flatMap((values) => [0n, ...values.map(BigInt)]));
  return new Uint8Array(classes.buffer);
}

/** Real values of factors, behind those of factors that do not vary. */
function realsOf(rows: Rows, values: readonly (readonly number[])[], before: readonly number[]): Uint8Array {
  const reals = new Float64Array(
    rows.flatMap((row) => [...before, ...row.map((value, factor) => values[factor][value])]),
  );
  return new Uint8Array(reals.buffer);
}

/** Shape 1 to 3, scale, orientation in radians, and both places from 0 to 1. */
function values2d([shape, scale, orientation, x, y]: readonly number[]): number[][] {
  return [
    Array.from({ length: shape }, (_, i) => i + 1),
    linspace(0.5, 1, scale),
    linspace(0, 2 * Math.PI, orientation),
    linspace(0, 1, x),
    linspace(0, 1, y),
  ];
}

/** Hues from 0 to .9, scale, shape 0 to 3, orientation in degrees. */
function values3d([floor, wall, object, , shape]: readonly number[]): number[][] {
  const grid = presets.paper3d.shapes3d;
  const hues = [floor, wall, object].map((count) => Array.from({ length: count }, (_, i) => i / count));
  return [...hues, scalesOf(grid), Array.from({ length: shape }, (_, i) => i), turnsOf(grid)];
}
