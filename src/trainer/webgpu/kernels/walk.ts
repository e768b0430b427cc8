import { type BufferDeclaration, unroll } from './kernel.ts';
import type { DenseProduct, DownProduct, LayerProduct, UpProduct } from './product.ts';

/**
 * How a thread of a register kernel walks along the inner dimension of a product, four numbers at a time. The text it
 * makes uses `row0`, `row1`, ... (the thread's rows), `b`'s index `at`, and `repeat`.
 */
export interface Walk {
  /** Element type of the input's buffer. */
  readonly inputType: BufferDeclaration['type'];
  /** For a transposed weight: vectors of four between one column's numbers and the next one's. */
  readonly innerVectors: number;
  /** WGSL of the next four numbers of row i of the input. */
  load(i: number): string;
  /** The loops, around `body`, which uses `at` and moves it on; `at` starts from `column`. */
  walk(body: string, column: string): string;
  /** WGSL of the row of the result to which row i goes. */
  place(i: number): string;
}

export function walkOf(product: LayerProduct, rows: number): Walk {
  switch (product.kind) {
    case 'dense':
      return denseWalk(product, rows);
    case 'down':
      return product.bigChannels % 4 === 0 ? downWalk(product, rows) : imageWalk(product, rows);
    case 'up':
      return upWalk(product, rows);
  }
}

function denseWalk({ inner, transposed }: DenseProduct, rows: number): Walk {
  const vectors = inner / 4;
  return {
    inputType: 'vec4f',
    innerVectors: vectors,
    load: (i) => `a[from${i} + k]`,
    walk: (body, column) => `
${unroll(rows, (i) => `let from${i} = row${i} * ${vectors}u;`)}
var at = ${column}${transposed ? ` * ${vectors}u` : ''};
for (var k = 0u; k < ${vectors}u; k++) {
${body}
}`,
    place: (i) => `row${i}`,
  };
}

/** WGSL that finds image, y and x of pixel `row{i}` of a picture of side `size`. */
function pixel(i: number, size: number): string {
  return `let image${i} = row${i} / ${size * size}u; let y${i} = (row${i} / ${size}u) % ${size}u; let x${i} = row${i} % ${size}u;`;
}

/** Implicit im2col: the 16 taps one after the other, four channels at a time. A tap beyond the border reads 0. */
function downWalk({ size, bigChannels, smallChannels }: DownProduct, rows: number): Walk {
  const vectors = bigChannels / 4;
  const big = 2 * size;
  return {
    inputType: 'vec4f',
    innerVectors: 0,
    load: (i) => `a[from${i} + k] * inside${i}`,
    walk: (body, column) => `
${unroll(rows, (i) => pixel(i, size))}
for (var tap = 0u; tap < 16u; tap++) {
  // Unsigned, so that one comparison finds both borders: -1 is very large.
  let ky = (tap >> 2u) - 1u;
  let kx = (tap & 3u) - 1u;
${unroll(
  rows,
  (i) => `  let by${i} = 2u * y${i} + ky; let bx${i} = 2u * x${i} + kx;
  let hit${i} = by${i} < ${big}u && bx${i} < ${big}u;
  let inside${i} = select(0.0, 1.0, hit${i});
  let from${i} = select(0u, ((image${i} * ${big}u + by${i}) * ${big}u + bx${i}) * ${vectors}u, hit${i});`,
)}
  var at = tap * ${(bigChannels * smallChannels) / 4}u + ${column};
  for (var k = 0u; k < ${vectors}u; k++) {
${body}
  }
}`,
    place: (i) => `row${i}`,
  };
}

/**
 * Implicit im2col of images, whose channels are fewer than four: a row of the kernel is 4 * channels numbers that lie
 * one after the other.
 */
function imageWalk({ size, bigChannels }: DownProduct, rows: number): Walk {
  const big = 2 * size;
  const element = (i: number, c: number) =>
    `select(0.0, a[u32(max(from${i} + i32(block * 4u) + ${c}, 0))], hit${i} && 2u * x${i} + (block * 4u + ${c}u) / ${bigChannels}u - 1u < ${big}u)`;
  return {
    inputType: 'f32',
    innerVectors: 0,
    load: (i) => `vec4f(${unroll(4, (c) => element(i, c), ', ')})`,
    walk: (body, column) => `
${unroll(rows, (i) => pixel(i, size))}
var at = ${column};
for (var kernelRow = 0u; kernelRow < 4u; kernelRow++) {
${unroll(
  rows,
  (i) => `  let by${i} = 2u * y${i} + kernelRow - 1u;
  let hit${i} = by${i} < ${big}u;
  let from${i} = select(0, (i32(image${i} * ${big}u + by${i}) * ${big} + i32(2u * x${i}) - 1) * ${bigChannels}, hit${i});`,
)}
  for (var block = 0u; block < ${bigChannels}u; block++) {
${body}
  }
}`,
    place: (i) => `row${i}`,
  };
}

/** A transposed convolution's outputs of one parity: 2 x 2 of the 16 taps. `repeat` is the parity, y before x. */
function upWalk({ size, bigChannels, smallChannels }: UpProduct, rows: number): Walk {
  const vectors = smallChannels / 4;
  return {
    inputType: 'vec4f',
    innerVectors: vectors,
    load: (i) => `a[from${i} + k] * inside${i}`,
    walk: (body, column) => `
let py = repeat >> 1u;
let px = repeat & 1u;
${unroll(rows, (i) => pixel(i, size))}
for (var tap = 0u; tap < 4u; tap++) {
  let ty = tap >> 1u;
  let tx = tap & 1u;
  // Output 2y + p meets input y + p - t through kernel row 1 - p + 2t; unsigned, so that -1 is very large.
  let kernelTap = (1u - py + 2u * ty) * 4u + 1u - px + 2u * tx;
${unroll(
  rows,
  (i) => `  let sy${i} = y${i} + py - ty; let sx${i} = x${i} + px - tx;
  let hit${i} = sy${i} < ${size}u && sx${i} < ${size}u;
  let inside${i} = select(0.0, 1.0, hit${i});
  let from${i} = select(0u, ((image${i} * ${size}u + sy${i}) * ${size}u + sx${i}) * ${vectors}u, hit${i});`,
)}
  var at = (kernelTap * ${bigChannels}u + ${column}) * ${vectors}u;
  for (var k = 0u; k < ${vectors}u; k++) {
${body}
  }
}`,
    place: (i) => `((image${i} * ${2 * size}u + 2u * y${i} + py) * ${2 * size}u + 2u * x${i} + px)`,
  };
}
