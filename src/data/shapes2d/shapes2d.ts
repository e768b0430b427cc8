import { factorSizes } from '../dataset.ts';
import { linspace } from '../linspace.ts';
import { type FactorGrid, factorsOfGrid } from './factors.ts';

/**
 * 2D Shapes (dSprites, Matthey et al. 2017) drawn from its factors. A pixel is white iff its centre lies inside the
 * shape; no antialiasing; y points down. The geometry was fitted to the published images, in units of their 64 x 64
 * pixels; other sizes scale the coordinates.
 *
 * Everything that needs real arithmetic (angles, outlines) goes into small tables of integers, and the test of a pixel
 * is made of integer products, sums and shifts that fit 32 bits. So a GPU draws the same picture, bit for bit.
 */

/** Fractional bits: of distances in pixels, of rotations, and of their products. */
export const distanceBits = 11;
export const rotationBits = 14;
export const productBits = distanceBits + rotationBits;
/** Outlines are tabulated at 512 columns a pixel. */
export const columnBits = 9;

/** No shape of scale 1 reaches further from its centre (the square's corner: 9.6 times the root of 2). */
const reach = 13.6;
export const reachFixed = Math.floor(reach * 2 ** distanceBits);

export const squareHalf = 9.6;
export const ellipseHalf = { x: 12.77, y: 7.21 };
export const columns = Math.ceil(ellipseHalf.x * 2 ** columnBits);

export interface Shapes2dTables {
  readonly imageSize: number;
  /** Values of each factor: shape, scale, orientation, posX, posY. */
  readonly sizes: readonly number[];
  /** Centre of pixel column (or row) i, [imageSize], in 2^-distanceBits pixels. */
  readonly pixelCentre: Int32Array;
  /** Shape centre by posX and posY, in 2^-distanceBits pixels. */
  readonly centreX: Int32Array;
  readonly centreY: Int32Array;
  /** Cosine and sine over scale, [scale, orientation, 2], in 2^-rotationBits. */
  readonly rotation: Int32Array;
  /** Lowest and highest y inside a shape by |x|, [3, columns, 2], in 2^-productBits pixels; low > high: none. */
  readonly outline: Int32Array;
}

const fixed = (value: number, bits: number) => Math.round(value * 2 ** bits);

/**
 * The right half of the heart's outline, from its notch on top (u = 0) to its tip (u = pi), as a polygon. With this many
 * sides the pixel counts are the published ones; the smooth curve gives two pixels too many at one scale.
 */
export const heartSides = 60;
export const heart = Array.from({ length: heartSides + 1 }, (_, i) => {
  const u = (Math.PI * i) / heartSides;
  const wave = 13 * Math.cos(u) - 5 * Math.cos(2 * u) - 2 * Math.cos(3 * u) - Math.cos(4 * u);
  return { x: 9.6 * Math.sin(u) ** 3, y: -0.66216 * wave - 1.43656 };
});

/** y on the polygon at x, between two neighbouring corners. */
function heartY(x: number, side: number): number {
  const [a, b] = [heart[side], heart[side + 1]];
  return a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
}

/** Lowest and highest y inside each shape of scale 1 at distance |x| from its axis, in pixels; null outside. */
const outlines: readonly ((x: number) => readonly [number, number] | null)[] = [
  (x) => (x <= squareHalf ? [-squareHalf, squareHalf] : null),
  (x) => {
    if (x > ellipseHalf.x) return null;
    const y = ellipseHalf.y * Math.sqrt(1 - (x / ellipseHalf.x) ** 2);
    return [-y, y];
  },
  (x) => {
    // x grows along the upper half of the corners and shrinks along the lower one.
    const upper = heart.findIndex((corner) => corner.x > x) - 1;
    if (upper < 0) return null;
    return [heartY(x, upper), heartY(x, heartSides - 1 - upper)];
  },
];

function tabulateOutlines(): Int32Array<ArrayBuffer> {
  const table = new Int32Array(outlines.length * columns * 2);
  outlines.forEach((extent, shape) => {
    for (let column = 0; column < columns; column++) {
      const y = extent((column + 0.5) / 2 ** columnBits);
      const at = (shape * columns + column) * 2;
      table[at] = y ? fixed(y[0], productBits) : 1;
      table[at + 1] = y ? fixed(y[1], productBits) : 0;
    }
  });
  return table;
}

/**
 * Made once, for who asks first: it is the same for every grid and size, and takes longer than all other tables.
 */
let outlineTable: Int32Array<ArrayBuffer> | undefined;

export function shapes2dTables(grid: FactorGrid, imageSize: number): Shapes2dTables {
  outlineTable ??= tabulateOutlines();
  const scales = linspace(0.5, 1, grid.scale, 1);
  const turns = linspace(0, 1, grid.orientation, 0);
  const rotation = new Int32Array(scales.length * turns.length * 2);
  scales.forEach((scale, s) => {
    turns.forEach((turn, o) => {
      // A whole turn is no turn: both ends of the grid are the same picture.
      const angle = 2 * Math.PI * (turn % 1);
      const at = (s * turns.length + o) * 2;
      rotation[at] = fixed(Math.cos(angle) / scale, rotationBits);
      rotation[at + 1] = fixed(Math.sin(angle) / scale, rotationBits);
    });
  });

  const centres = (count: number) =>
    Int32Array.from(linspace(0, 1, count, 0.5), (position) => fixed(16 + 32 * position, distanceBits));
  return {
    imageSize,
    sizes: factorSizes(factorsOfGrid(grid)),
    pixelCentre: Int32Array.from({ length: imageSize }, (_, i) =>
      fixed(((i + 0.5) * 64) / imageSize, distanceBits),
    ),
    centreX: centres(grid.posX),
    centreY: centres(grid.posY),
    rotation,
    outline: outlineTable,
  };
}

/**
 * Draws one combination into `out[at ...]`, [imageSize, imageSize] row-major, 1 inside the shape and 0 outside.
 * `factors`: whole numbers, one a factor, each below the table's size of it.
 */
export function drawShape(
  tables: Shapes2dTables,
  factors: readonly number[],
  out: Float32Array,
  at: number,
): void {
  const { imageSize, pixelCentre, outline, rotation, sizes } = tables;
  const [shape, scale, orientation, posX, posY] = factors;
  const turn = (scale * sizes[2] + orientation) * 2;
  const cosine = rotation[turn];
  const sine = rotation[turn + 1];
  const shapeStart = shape * columns * 2;
  out.fill(0, at, at + imageSize * imageSize);
  for (let row = 0; row < imageSize; row++) {
    const dy = pixelCentre[row] - tables.centreY[posY];
    if (Math.abs(dy) > reachFixed) continue;
    for (let column = 0; column < imageSize; column++) {
      const dx = pixelCentre[column] - tables.centreX[posX];
      if (Math.abs(dx) > reachFixed) continue;
      const x = Math.abs(cosine * dx - sine * dy);
      const y = sine * dx + cosine * dy;
      const outlineColumn = x >> (productBits - columnBits);
      if (outlineColumn >= columns) continue;
      const span = shapeStart + outlineColumn * 2;
      if (y >= outline[span] && y <= outline[span + 1]) out[at + row * imageSize + column] = 1;
    }
  }
}
