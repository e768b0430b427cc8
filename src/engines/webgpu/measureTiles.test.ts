import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import type { Product } from '../../plan/product.ts';
import { DeviceGuard } from './deviceGuard.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import type { Dispatch } from './lower.ts';
import { measureTiles, productName } from './measureTiles.ts';
import { GpuMemory } from './memory.ts';
import { Pipelines } from './pipelines.ts';
import { tileName, tilesFor } from './tiles.ts';

// Held: the process ends when WebGPU is collected in use.
let webgpu: NodeWebGpu;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
});

const plain = { kind: 'plain' } as const;
const product = (rows: number, columns: number): Product => ({
  kind: 'dense',
  rows,
  inner: 24,
  columns,
  transposed: false,
});
const [large, small] = [product(70, 36), product(30, 36)];

function dispatchOf(memory: GpuMemory, made: Product & { kind: 'dense' }): Dispatch {
  const buffer = (length: number) => ({ buffer: memory.storage('a product', 'transfer', length) });
  return {
    kernel: tileProduct(made, plain, tilesFor(made)[0]),
    buffers: {
      a: buffer(made.rows * made.inner),
      b: buffer(made.inner * made.columns),
      result: buffer(made.rows * made.columns),
    },
    product: { product: made, epilogue: plain },
  };
}

/** A device with what the measurement needs, and dispatches of both products, the small one twice. */
async function prepared(feature: GPUFeatureName | null) {
  const adapter = await webgpu.gpu.requestAdapter();
  if (!adapter) throw new Error('the adapter is gone');
  const device = await adapter.requestDevice({ requiredFeatures: feature ? [feature] : [] });
  const guard = new DeviceGuard(device);
  const memory = new GpuMemory(device);
  const [first, second] = [large, small].flatMap((one) =>
    one.kind === 'dense' ? [dispatchOf(memory, one)] : [],
  );
  return { guard, pipelines: new Pipelines(device), dispatches: [first, second, second] };
}

describe.each([
  ['by timestamps', 'timestamp-query'],
  ['by the queue', null],
] as const)('tiles measured %s', (_, feature) => {
  test('are of those that a product may have; what is known is not measured again', async () => {
    const { guard, pipelines, dispatches } = await prepared(feature);
    const none = new Map();
    const unmeasured = await measureTiles(guard, pipelines, dispatches, none, 0);
    expect(unmeasured.measured.size).toBe(0);
    expect(unmeasured.choices.map(({ ms }) => ms)).toEqual([null, null]);
    expect(unmeasured.tileOf(large)).toEqual(tilesFor(large)[0]);

    const all = await measureTiles(guard, pipelines, dispatches, none, Number.POSITIVE_INFINITY);
    // Those with the most work come first.
    expect(all.choices.map((choice) => choice.product)).toEqual([large, small].map(productName));
    for (const one of [large, small]) {
      expect(tilesFor(one)).toContainEqual(all.tileOf(one));
      expect(all.measured.get(productName(one))?.tile).toBe(tileName(all.tileOf(one)));
    }
    for (const { ms } of all.choices) expect(ms).toBeGreaterThanOrEqual(0);

    const known = new Map(all.measured);
    const other = tilesFor(small).map(tileName).at(-1) ?? '';
    known.set(productName(small), { tile: other, ms: 7 });
    known.set('a product of another run', { tile: 'x', ms: 1 });
    const again = await measureTiles(guard, pipelines, dispatches, known, Number.POSITIVE_INFINITY);
    expect(again.measured).toEqual(known);
    expect(again.choices[1]).toEqual({ product: productName(small), kernel: other, ms: 7 });
    guard.check();
  }, 300_000);
});
