import {
  type DenseFilterProduct,
  type DenseProduct,
  type DownProduct,
  imagesPerPart,
  type PictureFilterProduct,
  type Product,
  productSize,
  type UpProduct,
} from '../../../plan/product.ts';
import { type BufferDeclaration, unroll } from './kernel.ts';

/**
 * How a kernel with workgroup memory reads the operands of a product: WGSL functions `aVector` and `bVector`, which
 * give four neighbours from (line, inner) on, zeros beyond the operand, and `resultRow`.
 */
export interface TileSource {
  readonly inputType: BufferDeclaration['type'];
  readonly module: string;
  /** Whether the four neighbours lie along the inner dimension; else across it, in neighbouring lines. */
  readonly aAlong: boolean;
  readonly bAlong: boolean;
  /** WGSL added to the place of a result: where the parts of a split sum lie. */
  readonly partStride: string;
}

export function tileSource(product: Product): TileSource {
  switch (product.kind) {
    case 'dense':
      return denseSource(product);
    case 'down':
      return downSource(product);
    case 'up':
      return upSource(product);
    case 'denseFilter':
      return denseFilterSource(product);
    case 'pictureFilter':
      return pictureFilterSource(product);
  }
}

/** A WGSL function that gives four neighbours, or zeros where `line` or `inner` is beyond the operand. */
function reader(name: 'a' | 'b', lines: number, inner: number, body: string): string {
  return `fn ${name}Vector(line: u32, inner: u32, repeat: u32) -> vec4f {
  if (line >= ${lines}u || inner >= ${inner}u) { return vec4f(0.0); }
${body}
}
`;
}

const sameRow = 'fn resultRow(row: u32, repeat: u32) -> u32 { return row; }\n';

/** Weight [inner, columns]: four neighbouring columns. */
function normalWeight(columns: number, inner: number): string {
  return reader('b', columns, inner, `  return b[(inner * ${columns}u + line) / 4u];`);
}

function denseSource(product: DenseProduct): TileSource {
  const { rows, inner, columns, transposed } = product;
  const alongInner = (name: 'a' | 'b', lines: number) =>
    reader(name, lines, inner, `  return ${name}[(line * ${inner}u + inner) / 4u];`);
  return {
    inputType: 'vec4f',
    module: `${alongInner('a', rows)}${transposed ? alongInner('b', columns) : normalWeight(columns, inner)}${sameRow}`,
    aAlong: true,
    bAlong: transposed,
    partStride: '',
  };
}

/** WGSL that finds image, y and x of pixel `pixel` of a picture of side `size`. */
function findPixel(pixel: string, size: number): string {
  return `  let image = ${pixel} / ${size * size}u;
  let y = (${pixel} / ${size}u) % ${size}u;
  let x = ${pixel} % ${size}u;`;
}

/** Four neighbours of a row of the kernel, of a picture with fewer than four channels; `first` is the first of them. */
function imageVector(size: number, channels: number, row: string): string {
  const big = 2 * size;
  return `  let first = ${row} % ${4 * channels}u;
  let by = 2u * y + ${row} / ${4 * channels}u - 1u;
  if (by >= ${big}u) { return vec4f(0.0); }
  let start = (i32((image * ${big}u + by) * ${big}u + 2u * x) - 1) * ${channels} + i32(first);
  return vec4f(${unroll(
    4,
    (c) =>
      `select(0.0, a[u32(max(start + ${c}, 0))], 2u * x + (first + ${c}u) / ${channels}u - 1u < ${big}u)`,
    ', ',
  )});`;
}

/** Four neighbouring channels of tap `row / channels` of the big picture. */
function tapVector(size: number, channels: number, row: string): string {
  const big = 2 * size;
  return `  let tap = ${row} / ${channels}u;
  let by = 2u * y + (tap >> 2u) - 1u;
  let bx = 2u * x + (tap & 3u) - 1u;
  if (by >= ${big}u || bx >= ${big}u) { return vec4f(0.0); }
  return a[(((image * ${big}u + by) * ${big}u + bx) * ${channels}u + ${row} % ${channels}u) / 4u];`;
}

function bigVector(size: number, channels: number, row: string): string {
  return channels % 4 === 0 ? tapVector(size, channels, row) : imageVector(size, channels, row);
}

function downSource(product: DownProduct): TileSource {
  const { size, bigChannels, smallChannels } = product;
  const { rows, inner } = productSize(product);
  return {
    inputType: bigChannels % 4 === 0 ? 'vec4f' : 'f32',
    module: `${reader('a', rows, inner, `${findPixel('line', size)}\n${bigVector(size, bigChannels, 'inner')}`)}${normalWeight(smallChannels, inner)}${sameRow}`,
    aAlong: true,
    bAlong: false,
    partStride: '',
  };
}

function upSource(product: UpProduct): TileSource {
  const { size, bigChannels, smallChannels } = product;
  const { rows, inner } = productSize(product);
  const small = reader(
    'a',
    rows,
    inner,
    `${findPixel('line', size)}
  let tap = inner / ${smallChannels}u;
  let sy = y + (repeat >> 1u) - (tap >> 1u);
  let sx = x + (repeat & 1u) - (tap & 1u);
  if (sy >= ${size}u || sx >= ${size}u) { return vec4f(0.0); }
  return a[(((image * ${size}u + sy) * ${size}u + sx) * ${smallChannels}u + inner % ${smallChannels}u) / 4u];`,
  );
  const weight = reader(
    'b',
    bigChannels,
    inner,
    `  let tap = inner / ${smallChannels}u;
  let kernelTap = (1u - (repeat >> 1u) + 2u * (tap >> 1u)) * 4u + 1u - (repeat & 1u) + 2u * (tap & 1u);
  return b[((kernelTap * ${bigChannels}u + line) * ${smallChannels}u + inner % ${smallChannels}u) / 4u];`,
  );
  return {
    inputType: 'vec4f',
    module: `${small}${weight}fn resultRow(row: u32, repeat: u32) -> u32 {
${findPixel('row', size)}
  return (image * ${2 * size}u + 2u * y + (repeat >> 1u)) * ${2 * size}u + 2u * x + (repeat & 1u);
}
`,
    aAlong: true,
    bAlong: true,
    partStride: '',
  };
}

function denseFilterSource({ rows, inputs, outputs }: DenseFilterProduct): TileSource {
  const across = (name: 'a' | 'b', lines: number) =>
    reader(name, lines, rows, `  return ${name}[(inner * ${lines}u + line) / 4u];`);
  return {
    inputType: 'vec4f',
    module: `${across('a', inputs)}${across('b', outputs)}${sameRow}`,
    aAlong: false,
    bAlong: false,
    partStride: '',
  };
}

function pictureFilterSource(product: PictureFilterProduct): TileSource {
  const { batch, size, bigChannels, smallChannels, stride } = product;
  const { rows, inner } = productSize(product);
  const start = imagesPerPart(product) * size * size;
  // The last part may hold fewer images than the others.
  const find = `  let pixel = repeat * ${start}u + inner;
  if (pixel >= ${batch * size * size}u) { return vec4f(0.0); }`;
  const big = `${find}\n${findPixel('pixel', size)}\n${bigVector(size, bigChannels, 'line')}`;
  const small = `${find}\n  return b[(pixel * ${smallChannels}u + line) / 4u];`;
  return {
    inputType: bigChannels % 4 === 0 ? 'vec4f' : 'f32',
    module: `${reader('a', rows, inner, big)}${reader('b', smallChannels, inner, small)}${sameRow}`,
    aAlong: false,
    bAlong: false,
    partStride: ` + repeat * ${stride}u`,
  };
}
