import { beforeAll, describe, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../../cli/webgpuDriver.ts';
import { type FilterProduct, type LayerProduct, productLabel } from '../../../plan/product.ts';
import { productReference } from '../../reference/products.ts';
import type { Epilogue } from './epilogue.ts';
import { runKernel } from './harness.ts';
import type { Kernel } from './kernel.ts';
import { filterCase, sumOfParts } from './productCase.ts';
import { registerImage } from './registerImage.ts';
import { type RowSharing, registerProduct } from './registerProduct.ts';
import { poison } from './testNumbers.ts';
import { epilogues, expectClose, expectLayer } from './testProducts.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await webgpu.adapter.requestDevice({ requiredFeatures: ['subgroups'] });
});

// SwiftShader's subgroups have four lanes.
const sharings: readonly RowSharing[] = [{ lanes: 4 }, { lanes: null }];

const layerKernels: Record<string, (product: LayerProduct, epilogue: Epilogue) => Kernel> = {
  subgroups: (p, e) => registers(p, e, sharings[0]),
  registers: (p, e) => registers(p, e, sharings[1]),
};

function registers(product: LayerProduct, epilogue: Epilogue, sharing: RowSharing): Kernel {
  const image = product.kind === 'up' && product.bigChannels < 4;
  return image ? registerImage(product, true, sharing) : registerProduct(product, epilogue, sharing);
}

const dense = (rows: number, inner: number, columns: number, transposed: boolean): LayerProduct => ({
  kind: 'dense',
  rows,
  inner,
  columns,
  transposed,
});
const picture = (batch: number, size: number, bigChannels: number, smallChannels: number) => ({
  batch,
  size,
  bigChannels,
  smallChannels,
});

const layers: LayerProduct[] = [
  dense(7, 12, 36, false),
  dense(5, 8, 4, false),
  dense(33, 60, 72, true),
  { kind: 'down', ...picture(3, 5, 8, 12) },
  { kind: 'down', ...picture(3, 9, 1, 8) },
  { kind: 'down', ...picture(2, 8, 3, 12) },
  { kind: 'up', ...picture(3, 5, 8, 12) },
  { kind: 'up', ...picture(3, 9, 1, 8) },
  { kind: 'up', ...picture(2, 8, 3, 12) },
  { kind: 'up', ...picture(1, 1, 4, 4) },
];

const filters: FilterProduct[] = [
  { kind: 'denseFilter', rows: 7, inputs: 36, outputs: 12 },
  { kind: 'denseFilter', rows: 64, inputs: 72, outputs: 104 },
  { kind: 'pictureFilter', ...picture(3, 5, 8, 12), parts: 1, stride: 1600, outputIsBig: false },
  { kind: 'pictureFilter', ...picture(7, 4, 12, 8), parts: 3, stride: 1536, outputIsBig: true },
  { kind: 'pictureFilter', ...picture(5, 9, 1, 8), parts: 4, stride: 192, outputIsBig: true },
  { kind: 'pictureFilter', ...picture(4, 8, 3, 12), parts: 4, stride: 640, outputIsBig: false },
  { kind: 'pictureFilter', ...picture(2, 1, 4, 4), parts: 2, stride: 256, outputIsBig: true },
];

describe.each(Object.entries(layerKernels).map(([name, make], k) => [name, make, k] as const))(
  'layer product, %s',
  (_, make, k) => {
    // Every epilogue meets every kind of product, though not every shape: drivers take long to compile.
    const cases = layers.map((product, i) => {
      // The register kernel of images has the one epilogue that a decoder's last layer has.
      const image = product.kind === 'up' && product.bigChannels < 4;
      const epilogue = epilogues[image ? 1 : (i + k) % epilogues.length];
      return [`${productLabel(product)}, ${epilogue.kind}`, product, epilogue] as const;
    });
    test.each(cases)('%s', async (_, product, epilogue) => {
      await expectLayer(device, make(product, epilogue), product, epilogue);
    });
  },
);

describe.each(sharings)('gradients by a weight and its bias, in registers, lanes $lanes', (sharing) => {
  test.each(filters.map((product) => [productLabel(product), product] as const))('%s', async (_, product) => {
    const { a, b, parts, stride, pixels } = filterCase(product);
    const isDense = product.kind === 'denseFilter';
    const fromBig = !isDense && product.outputIsBig;
    const width = isDense ? product.outputs : fromBig ? product.bigChannels : product.smallChannels;
    const biasParts = parts * (fromBig ? 4 : 1);
    const biasStride = 128;
    const kernel = registerProduct(product, { kind: 'plain' }, sharing, biasStride);
    const out = await runKernel(device, kernel, {
      a,
      b,
      result: poison(parts * stride),
      biasResult: poison(biasParts * biasStride),
    });
    const expected = productReference(product, a, b);
    expectClose(sumOfParts(out.result, expected.length, parts, stride), expected, 20 + pixels / 10);
    const expectedBias = new Float64Array(width);
    (fromBig ? a : b).forEach((value, i) => {
      expectedBias[i % width] += value;
    });
    expectClose(sumOfParts(out.biasResult, width, biasParts, biasStride), expectedBias, 20 + pixels / 10);
  });
});
