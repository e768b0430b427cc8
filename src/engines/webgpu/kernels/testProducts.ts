import { expect } from 'vitest';
import { negativeSlope } from '../../../model/layers.ts';
import { type LayerProduct, productLengths, productSize } from '../../../plan/product.ts';
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

/** Runs a layer's kernel on a poisoned result, and holds it to the reference. Resolves with the bits. */
export async function expectLayer(
  device: GPUDevice,
  kernel: Kernel,
  product: LayerProduct,
  epilogue: Epilogue,
): Promise<Uint32Array> {
  const lengths = productLengths(product);
  const { columns } = productSize(product);
  const a = noise(lengths.a, 1);
  const b = noise(lengths.b, 2);
  const product64 = productReference(product, a, b);
  const bias = noise(columns, 3);
  const mask = noise(lengths.result, 4);
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
  const left = await runKernel(device, kernel, {
    a,
    b,
    ...others,
    result: inPlace ? mask : poison(lengths.result),
  });
  expectClose(reals(left.result), expected, 20);
  return left.result;
}

export function expectClose(actual: Float32Array, expected: ArrayLike<number>, scale: number): void {
  expect(worstError(actual, expected)).toBeLessThan(1e-6 * scale);
}
