import { imagesPerPart, type Product, productSize } from '../../../plan/product.ts';
import type { Epilogue } from './epilogue.ts';

/** The epilogue as a size: a bias, a mask in its own buffer, or a mask in place of the result. */
export const epilogueModes = { bias: 0, mask: 1, inPlace: 2 } as const;

/** Which picture is the layer's output, over whose gradient a bias sums. */
export const filterModes = { outputIsSmall: 0, outputIsBig: 1 } as const;

/** The sizes of a product as a register kernel sees them. */
export const sizesDeclaration = (binding: number) => `struct Sizes {
  rows: u32,
  inner: u32,
  columns: u32,
  // Numbers between two parts of a split sum.
  stride: u32,
  // Of pictures: images of the batch, and of one part of a split sum; side of the small picture; channels.
  batch: u32,
  images: u32,
  size: u32,
  bigChannels: u32,
  smallChannels: u32,
  slope: f32,
  // Rows of the result that a workgroup computes.
  tileRows: u32,
  mode: u32,
  // Of a gradient by a weight: numbers between two parts of the bias' gradient, and how many parts the weight's has.
  biasStride: u32,
  parts: u32,
  // Numbers of a vector: 4, as a bound that no compiler unrolls.
  vector: u32,
  spare: u32,
}
@group(1) @binding(${binding}) var<uniform> sizes: Sizes;
`;

export function sizesOf(
  product: Product,
  epilogue: Epilogue,
  slope: number,
  tileRows: number,
  biasStride: number,
): Uint32Array<ArrayBuffer> {
  const { rows, inner, columns, repeats } = productSize(product);
  const words = new Uint32Array(16);
  words.set([rows, inner, columns]);
  if (product.kind !== 'dense' && product.kind !== 'denseFilter') {
    words.set([product.batch, 0, product.size, product.bigChannels, product.smallChannels], 4);
    if (product.kind === 'pictureFilter') {
      words[3] = product.stride;
      words[5] = imagesPerPart(product);
    }
  }
  new Float32Array(words.buffer)[9] = slope;
  words.set([tileRows, modeOf(product, epilogue), biasStride, repeats, 4], 10);
  return words;
}

function modeOf(product: Product, epilogue: Epilogue): number {
  if (product.kind === 'pictureFilter')
    return product.outputIsBig ? filterModes.outputIsBig : filterModes.outputIsSmall;
  if (epilogue.kind === 'bias') return epilogueModes.bias;
  return epilogue.kind === 'mask' && !epilogue.inPlace ? epilogueModes.mask : epilogueModes.inPlace;
}
