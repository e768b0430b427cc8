import { type FilterProduct, productLengths } from '../../../plan/product.ts';
import { reals } from './harness.ts';
import { noise } from './testNumbers.ts';

/** Inputs of a gradient by a weight, and how its result lies. */
export function filterCase(product: FilterProduct) {
  const { a, b, result } = productLengths(product);
  const isDense = product.kind === 'denseFilter';
  return {
    pixels: isDense ? product.rows : product.batch * product.size * product.size,
    a: noise(a, 5),
    b: noise(b, 6),
    parts: isDense ? 1 : product.parts,
    stride: isDense ? result : product.stride,
  };
}

export function sumOfParts(bits: Uint32Array<ArrayBuffer>, length: number, parts: number, stride: number) {
  return Float32Array.from({ length }, (_, i) => {
    let total = 0;
    for (let part = 0; part < parts; part++) total += reals(bits)[part * stride + i];
    return total;
  });
}
