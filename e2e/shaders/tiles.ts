import { productReference } from '../../src/engines/reference/products.ts';
import { runKernel } from '../../src/engines/webgpu/kernels/harness.ts';
import { filterCase, sumOfParts } from '../../src/engines/webgpu/kernels/productCase.ts';
import { isFilter, productKinds, someProduct } from '../../src/engines/webgpu/kernels/someProduct.ts';
import { noise, poison, worstError } from '../../src/engines/webgpu/kernels/testNumbers.ts';
import { tileProduct } from '../../src/engines/webgpu/kernels/tileProduct.ts';
import { Pipelines } from '../../src/engines/webgpu/pipelines.ts';
import { tileName, tiles } from '../../src/engines/webgpu/tiles.ts';
import { type Product, productLabel, productLengths } from '../../src/plan/product.ts';
import './report.ts';

const plain = { kind: 'plain' } as const;

/** Operands, and how the result lies. */
function caseOf(product: Product) {
  if (isFilter(product)) return filterCase(product);
  const { a, b, result } = productLengths(product);
  return { a: noise(a, 1), b: noise(b, 2), parts: 1, stride: result };
}

window.checkTile = async (index) => {
  const adapter = await navigator.gpu?.requestAdapter();
  const tile = tiles[index];
  if (!adapter || !tile) return null;
  // Default limits and no features.
  const device = await adapter.requestDevice();
  const kinds = Array.from({ length: productKinds }, (_, kind) => someProduct(400 + kind));
  await new Pipelines(device).compile(kinds.map((product) => tileProduct(product, plain, tile)));
  const product = someProduct(400 + index);
  const { a, b, parts, stride } = caseOf(product);
  const { result } = await runKernel(device, tileProduct(product, plain, tile), {
    a,
    b,
    result: poison(parts * stride),
  });
  device.destroy();
  const expected = productReference(product, a, b);
  const error = worstError(sumOfParts(result, expected.length, parts, stride), expected);
  return {
    tile: tileName(tile),
    product: productLabel(product),
    error: Number.isFinite(error) ? error : null,
  };
};
