import { type BufferDeclaration, declareBuffers, type Kernel, unroll } from './kernel.ts';
import {
  type DenseFilterProduct,
  type FilterProduct,
  imagesPerPart,
  type PictureFilterProduct,
  productLabel,
  productSize,
} from './product.ts';
import { blockGrid, dividing, type RegisterTile } from './registerTile.ts';

const lanes = ['x', 'y', 'z', 'w'] as const;

/** How a thread walks over what a gradient by a weight sums: pixels of the batch, or its samples. */
interface FilterWalk {
  readonly inputType: BufferDeclaration['type'];
  /** WGSL of the i-th vector of four rows of the result, of the sample in hand. */
  load(i: number): string;
  /** The loops around `body`, which reads `b` at `at`; row and column are `rowVector` and `columnVector`. */
  walk(body: string): string;
}

/**
 * A layer's gradient by its weight, in registers. Rows of the result are the layer's inputs (for a convolution taps by
 * channels of the big picture), columns its outputs. Buffers: inputs (big picture), outputs (small picture), result.
 */
export function registerFilter(product: FilterProduct, tile: RegisterTile): Kernel {
  const { rows: allRows, columns: allColumns, repeats } = productSize(product);
  const columns = dividing(allColumns, tile.columns);
  const rows = rowsOf(product, tile.rows);
  const rowVectors = rows / 4;
  const columnVectors = columns / 4;
  const walk =
    product.kind === 'denseFilter'
      ? denseWalk(product)
      : product.bigChannels % 4 === 0
        ? pictureWalk(product)
        : imageWalk(product);
  const body = `${unroll(rowVectors, (i) => `let a${i} = ${walk.load(i)};`, ' ')}
${unroll(columnVectors, (j) => `let b${j} = b[at + ${j}u];`, ' ')}
${unroll(rowVectors, (i) =>
  lanes
    .map((lane, c) => unroll(columnVectors, (j) => `s${4 * i + c}_${j} += a${i}.${lane} * b${j};`, ' '))
    .join('\n'),
)}`;
  const buffers: BufferDeclaration[] = [
    { name: 'a', type: walk.inputType, access: 'read' },
    { name: 'b', type: 'vec4f', access: 'read' },
    { name: 'result', type: 'vec4f', access: 'write' },
  ];
  const grid = blockGrid(allColumns / columns, allRows / rows, repeats, tile.group);
  const stride = product.kind === 'denseFilter' ? 0 : product.stride / 4;
  const code = `${declareBuffers(buffers)}
${grid.entry} {
${grid.find}
  let columnVector = columnBlock * ${columnVectors}u;
  let rowVector = rowBlock * ${rowVectors}u;
${unroll(rows, (i) => unroll(columnVectors, (j) => `var s${i}_${j} = vec4f(0.0);`, ' '))}
${walk.walk(body)}
  let to = repeat * ${stride}u + rowVector * ${allColumns}u + columnVector;
${unroll(rows, (i) => unroll(columnVectors, (j) => `result[to + ${(i * allColumns) / 4 + j}u] = s${i}_${j};`, ' '))}
}
`;
  return {
    label: productLabel(product),
    code,
    bindings: buffers.map((buffer) => buffer.access),
    workgroups: grid.workgroups,
  };
}

/** Rows a thread computes: all of one tap of a convolution, whose bounds they share. */
function rowsOf(product: FilterProduct, wanted: number): number {
  if (product.kind === 'denseFilter') return dividing(product.inputs, wanted);
  return product.bigChannels % 4 === 0 ? dividing(product.bigChannels, wanted) : 4;
}

function denseWalk({ rows, inputs, outputs }: DenseFilterProduct): FilterWalk {
  return {
    inputType: 'vec4f',
    load: (i) => `a[source + ${i}u]`,
    walk: (body) => `
  var source = rowVector;
  var at = columnVector;
  for (var k = 0u; k < ${rows}u; k++) {
${body}
    source += ${inputs / 4}u;
    at += ${outputs / 4}u;
  }`,
  };
}

/** Images of a part, as a loop over `image`. */
function imageLoop(product: PictureFilterProduct, body: string): string {
  const images = imagesPerPart(product);
  return `
  for (var image = repeat * ${images}u; image < min(repeat * ${images}u + ${images}u, ${product.batch}u); image++) {
${body}
  }`;
}

/** Only pixels of the small picture whose tap lies inside the big one are visited. */
function pictureWalk(product: PictureFilterProduct): FilterWalk {
  const { size, bigChannels, smallChannels } = product;
  const vectors = bigChannels / 4;
  return {
    inputType: 'vec4f',
    load: (i) => `a[source + ${i}u]`,
    walk: (body) => `
  let tap = rowVector / ${vectors}u;
  let ky = tap >> 2u;
  let kx = tap & 3u;
  let top = select(0u, 1u, ky == 0u);
  let bottom = select(${size}u, ${size - 1}u, ky == 3u);
  let left = select(0u, 1u, kx == 0u);
  let right = select(${size}u, ${size - 1}u, kx == 3u);
${imageLoop(
  product,
  `    for (var y = top; y < bottom; y++) {
      var source = ((image * ${2 * size}u + 2u * y + ky - 1u) * ${2 * size}u + 2u * left + kx - 1u) * ${vectors}u
        + rowVector % ${vectors}u;
      var at = ((image * ${size}u + y) * ${size}u + left) * ${smallChannels / 4}u + columnVector;
      for (var x = left; x < right; x++) {
${body}
        source += ${2 * vectors}u;
        at += ${smallChannels / 4}u;
      }
    }`,
)}`,
  };
}

/** The same for images, of fewer than four channels: four rows of the result are neighbours in a row of the kernel. */
function imageWalk(product: PictureFilterProduct): FilterWalk {
  const { size, bigChannels, smallChannels } = product;
  return {
    inputType: 'f32',
    load: () =>
      `vec4f(${unroll(4, (c) => `select(0.0, a[u32(max(source + ${c}, 0))], 2u * x + kx${c} < ${2 * size}u)`, ', ')})`,
    walk: (body) => `
  let kernelRow = rowVector / ${bigChannels}u;
  let first = (rowVector % ${bigChannels}u) * 4u;
${unroll(4, (c) => `  let kx${c} = (first + ${c}u) / ${bigChannels}u - 1u;`)}
  let top = select(0u, 1u, kernelRow == 0u);
  let bottom = select(${size}u, ${size - 1}u, kernelRow == 3u);
${imageLoop(
  product,
  `    for (var y = top; y < bottom; y++) {
      var source = (i32((image * ${2 * size}u + 2u * y + kernelRow - 1u) * ${2 * size}u) - 1) * ${bigChannels} + i32(first);
      var at = ((image * ${size}u + y) * ${size}u) * ${smallChannels / 4}u + columnVector;
      for (var x = 0u; x < ${size}u; x++) {
${body}
        source += ${2 * bigChannels};
        at += ${smallChannels / 4}u;
      }
    }`,
)}`,
  };
}
