import type { Product } from '../../../plan/product.ts';
import { type BufferDeclaration, unroll } from './kernel.ts';

/** Neighbouring columns of the result that a thread of a register kernel computes. */
export type ColumnsOfThread = 2 | 4;

/**
 * How a thread of a register kernel walks along the inner dimension, one number at a time. The text reads `row0`, `row1`, ... (rows of
 * this thread), `column` and `repeat`; around `body` it sets `a0`, `a1`, ... and the weights `w` of its columns.
 */
export interface RegisterWalk {
  readonly weightType: BufferDeclaration['type'];
  walk(body: string): string;
  /** WGSL of the place of row `row` of the result, in numbers. */
  readonly place: string;
}

export function registerWalk(product: Product, groups: number, vector: ColumnsOfThread): RegisterWalk {
  switch (product.kind) {
    case 'dense':
      return denseWalk(groups, product.transposed);
    case 'denseFilter':
      return denseFilterWalk(groups);
    case 'down':
      return downWalk(groups, vector);
    case 'up':
      return upWalk(groups, vector);
    case 'pictureFilter':
      return pictureFilterWalk(groups);
  }
}

const plainPlace = 'row * sizes.columns';

/** Four neighbouring columns of a weight [columns, inner] at `k`, `at` being the first of the first column. */
const transposedWeights =
  'let w = vec4f(b[at + k], b[at + sizes.inner + k], b[at + 2u * sizes.inner + k], b[at + 3u * sizes.inner + k]);';

function denseWalk(groups: number, transposed: boolean): RegisterWalk {
  return {
    weightType: transposed ? 'f32' : 'vec4f',
    place: plainPlace,
    walk: (body) => `
${unroll(groups, (j) => `  let start${j} = row${j} * sizes.inner;`)}
  ${transposed ? 'let at = column * sizes.inner;' : 'var at = column / 4u;'}
  for (var k = 0u; k < sizes.inner; k++) {
${unroll(groups, (j) => `let a${j} = a[start${j} + k];`, ' ')}
${transposed ? transposedWeights : 'let w = b[at]; at += sizes.columns / 4u;'}
${body}
  }`,
  };
}

function denseFilterWalk(groups: number): RegisterWalk {
  return {
    weightType: 'vec4f',
    place: plainPlace,
    walk: (body) => `
  for (var k = 0u; k < sizes.inner; k++) {
${unroll(groups, (j) => `let a${j} = a[k * sizes.rows + row${j}];`, ' ')}
let w = b[(k * sizes.columns + column) / 4u];
${body}
  }`,
  };
}

/** WGSL that finds image, y and x of pixel `row{j}` of the small picture. */
function pixel(j: number): string {
  return `  let image${j} = row${j} / (sizes.size * sizes.size);
  let y${j} = (row${j} / sizes.size) % sizes.size;
  let x${j} = row${j} % sizes.size;`;
}

/** The 16 taps one after the other; a tap beyond the border reads 0. Unsigned, so that -1 is beyond it too. */
function downWalk(groups: number, vector: ColumnsOfThread): RegisterWalk {
  return {
    weightType: `vec${vector}f`,
    place: plainPlace,
    walk: (body) => `
  let big = 2u * sizes.size;
${unroll(groups, pixel)}
  var at = column / ${vector}u;
  for (var tap = 0u; tap < 16u; tap++) {
${unroll(
  groups,
  (j) => `    let by${j} = 2u * y${j} + (tap >> 2u) - 1u;
    let bx${j} = 2u * x${j} + (tap & 3u) - 1u;
    let inside${j} = by${j} < big && bx${j} < big;
    let start${j} = ((image${j} * big + by${j}) * big + bx${j}) * sizes.bigChannels;`,
)}
    for (var k = 0u; k < sizes.bigChannels; k++) {
${unroll(groups, (j) => `let a${j} = select(0.0, a[select(0u, start${j} + k, inside${j})], inside${j});`, ' ')}
let w = b[at]; at += sizes.columns / ${vector}u;
${body}
    }
  }`,
  };
}

/** One parity of a transposed convolution: 2 x 2 of the 16 taps. `repeat` is the parity, y before x. */
function upWalk(groups: number, vector: ColumnsOfThread): RegisterWalk {
  const weight = (c: number) => `b[at + ${c}u * sizes.smallChannels + k]`;
  return {
    weightType: 'f32',
    place:
      '(((row / (sizes.size * sizes.size)) * 2u * sizes.size + 2u * ((row / sizes.size) % sizes.size) + py) * 2u * sizes.size + 2u * (row % sizes.size) + px) * sizes.columns',
    walk: (body) => `
  let py = repeat >> 1u;
  let px = repeat & 1u;
${unroll(groups, pixel)}
  for (var tap = 0u; tap < 4u; tap++) {
    let ty = tap >> 1u;
    let tx = tap & 1u;
${unroll(
  groups,
  (j) => `    let sy${j} = y${j} + py - ty;
    let sx${j} = x${j} + px - tx;
    let inside${j} = sy${j} < sizes.size && sx${j} < sizes.size;
    let start${j} = ((image${j} * sizes.size + sy${j}) * sizes.size + sx${j}) * sizes.smallChannels;`,
)}
    let at = (((1u - py + 2u * ty) * 4u + 1u - px + 2u * tx) * sizes.bigChannels + column) * sizes.smallChannels;
    for (var k = 0u; k < sizes.smallChannels; k++) {
${unroll(groups, (j) => `let a${j} = select(0.0, a[select(0u, start${j} + k, inside${j})], inside${j});`, ' ')}
let w = vec${vector}f(${unroll(vector, weight, ', ')});
${body}
    }
  }`,
  };
}

/** Rows of the result are taps by channels of the big picture; the sum runs over the pixels of the small one. */
function pictureFilterWalk(groups: number): RegisterWalk {
  return {
    weightType: 'vec4f',
    place: `repeat * sizes.stride + ${plainPlace}`,
    walk: (body) => `
  let big = 2u * sizes.size;
${unroll(
  groups,
  (j) => `  let tap${j} = row${j} / sizes.bigChannels;
  let ky${j} = (tap${j} >> 2u) - 1u;
  let kx${j} = (tap${j} & 3u) - 1u;
  let channel${j} = row${j} % sizes.bigChannels;`,
)}
  let firstImage = repeat * sizes.images;
  for (var image = firstImage; image < min(firstImage + sizes.images, sizes.batch); image++) {
    for (var y = 0u; y < sizes.size; y++) {
${unroll(
  groups,
  (j) => `      let by${j} = 2u * y + ky${j};
      let start${j} = (image * big + by${j}) * big * sizes.bigChannels + channel${j};
      let width${j} = select(0u, big, by${j} < big);`,
)}
      var at = ((image * sizes.size + y) * sizes.size * sizes.columns + column) / 4u;
      for (var x = 0u; x < sizes.size; x++) {
${unroll(
  groups,
  (j) => `        let bx${j} = 2u * x + kx${j};
        let inside${j} = bx${j} < width${j};
        let a${j} = select(0.0, a[select(0u, start${j} + bx${j} * sizes.bigChannels, inside${j})], inside${j});`,
)}
        let w = b[at];
        at += sizes.columns / 4u;
${body}
      }
    }
  }`,
  };
}
