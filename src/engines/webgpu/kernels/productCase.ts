import type { FilterProduct, LayerProduct } from '../../../plan/product.ts';
import { reals } from './harness.ts';
import { noise } from './testNumbers.ts';

/** Lengths of a layer product's input, weight and result, and of one row of the result. */
export function lengthsOf(product: LayerProduct) {
  if (product.kind === 'dense') {
    const { rows, inner, columns } = product;
    return { input: rows * inner, weight: inner * columns, result: rows * columns, columns };
  }
  const { batch, size, bigChannels, smallChannels } = product;
  const big = 4 * batch * size * size * bigChannels;
  const small = batch * size * size * smallChannels;
  const weight = 16 * bigChannels * smallChannels;
  return product.kind === 'down'
    ? { input: big, weight, result: small, columns: smallChannels }
    : { input: small, weight, result: big, columns: bigChannels };
}

/** Inputs of a gradient by a weight, and how its result lies. */
export function filterCase(product: FilterProduct) {
  const isDense = product.kind === 'denseFilter';
  const pixels = isDense ? product.rows : product.batch * product.size * product.size;
  return {
    pixels,
    a: noise(isDense ? pixels * product.inputs : 4 * pixels * product.bigChannels, 5),
    b: noise(pixels * (isDense ? product.outputs : product.smallChannels), 6),
    parts: isDense ? 1 : product.parts,
    stride: isDense ? product.inputs * product.outputs : product.stride,
  };
}

export function sumOfParts(bits: Uint32Array<ArrayBuffer>, length: number, parts: number, stride: number) {
  return Float32Array.from({ length }, (_, i) => {
    let total = 0;
    for (let part = 0; part < parts; part++) total += reals(bits)[part * stride + i];
    return total;
  });
}
