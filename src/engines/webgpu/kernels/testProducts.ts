import { expect } from 'vitest';
import { negativeSlope } from '../../../model/layers.ts';
import type { FilterProduct, LayerProduct } from '../../../plan/product.ts';
import { productReference } from '../../reference/products.ts';
import type { Epilogue } from './epilogue.ts';
import { reals, runKernel } from './harness.ts';
import type { Kernel } from './kernel.ts';
import { noise, poison, worstError } from './testNumbers.ts';

export const epilogues: readonly Epilogue[] = [
  { kind: 'plain' },
  { kind: 'bias', activation: 'none' },
  { kind: 'bias', activation: 'relu' },
  { kind: 'bias', activation: 'leakyRelu' },
  { kind: 'mask', activation: 'relu', inPlace: true },
  { kind: 'mask', activation: 'leakyRelu', inPlace: false },
];

/** Lengths of a layer product's input, weight and result, and of one row of the result. */
function lengthsOf(product: LayerProduct) {
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

/** Runs a layer's kernel on a poisoned result, and holds it to the reference. Resolves with the bits. */
export async function expectLayer(
  device: GPUDevice,
  kernel: Kernel,
  product: LayerProduct,
  epilogue: Epilogue,
): Promise<Uint32Array> {
  const { input, weight, result, columns } = lengthsOf(product);
  const a = noise(input, 1);
  const b = noise(weight, 2);
  const product64 = productReference(product, a, b);
  const bias = noise(columns, 3);
  const mask = noise(result, 4);
  const slope = epilogue.kind === 'plain' ? null : negativeSlope(epilogue.activation);
  const expected = product64.map((value, i) => {
    if (epilogue.kind === 'mask') return mask[i] > 0 ? value : value * (slope ?? 1);
    const sum = epilogue.kind === 'bias' ? value + bias[i % columns] : value;
    return sum < 0 && slope !== null ? sum * slope : sum;
  });
  const inPlace = epilogue.kind === 'mask' && epilogue.inPlace;
  const third = kernel.bindings.find(({ name }) => ['bias', 'mask', 'other'].includes(name));
  // Register kernels take a third operand in any case.
  const operand = epilogue.kind === 'mask' && !inPlace ? mask : bias;
  const others = third ? { [third.name]: operand } : {};
  const left = await runKernel(device, kernel, { a, b, ...others, result: inPlace ? mask : poison(result) });
  expectClose(reals(left.result), expected, 20);
  return left.result;
}

export function expectClose(actual: Float32Array, expected: ArrayLike<number>, scale: number): void {
  expect(worstError(actual, expected)).toBeLessThan(1e-6 * scale);
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
