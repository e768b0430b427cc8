import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import type { Product } from '../../plan/product.ts';
import { DeviceGuard } from './deviceGuard.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import { chooseTiles, measureTiles, productName } from './measureTiles.ts';
import { GpuMemory } from './memory.ts';
import { Pipelines } from './pipelines.ts';
import type { Dispatch } from './program.ts';
import { adapterKey, type MeasuredTiles, type TileMemory } from './tileMemory.ts';
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
  test('are of those that a product may have; what is known is not measured again, what is out of date is', async () => {
    const { guard, pipelines, dispatches } = await prepared(feature);
    const none = new Map();
    const unmeasured = await measureTiles(guard, pipelines, dispatches, none, 0);
    expect(unmeasured.fresh.size).toBe(0);
    expect(unmeasured.choices.map(({ ms }) => ms)).toEqual([null, null]);
    expect(unmeasured.tileOf(large)).toEqual(tilesFor(large)[0]);

    const all = await measureTiles(guard, pipelines, dispatches, none, Number.POSITIVE_INFINITY);
    // Those with the most work come first.
    expect(all.choices.map((choice) => choice.product)).toEqual([large, small].map(productName));
    for (const one of [large, small]) {
      expect(tilesFor(one)).toContainEqual(all.tileOf(one));
      expect(all.fresh.get(productName(one))?.tile).toBe(tileName(all.tileOf(one)));
    }
    for (const { ms } of all.choices) expect(ms).toBeGreaterThanOrEqual(0);

    const other = tilesFor(small).map(tileName).at(-1) ?? '';
    const known = new Map([...all.fresh, [productName(small), { tile: other, ms: 7 }]]);
    const again = await measureTiles(guard, pipelines, dispatches, known, Number.POSITIVE_INFINITY);
    expect(again.fresh.size).toBe(0);
    expect(again.choices[1]).toEqual({ product: productName(small), kernel: other, ms: 7 });

    // A tile that the product may no longer have.
    known.set(productName(small), { tile: 'of an earlier release', ms: 7 });
    const mended = await measureTiles(guard, pipelines, dispatches, known, Number.POSITIVE_INFINITY);
    expect([...mended.fresh.keys()]).toEqual([productName(small)]);
    guard.check();
  }, 300_000);
});

test('what is measured is remembered for the adapter, and the next start has it', async () => {
  const { guard, pipelines, dispatches } = await prepared(null);
  const key = adapterKey(guard.device);
  const other = 'a product of another run';
  let remembered: MeasuredTiles = new Map([[other, { tile: 'x', ms: 1 }]]);
  const written: string[] = [];
  const memory: TileMemory = {
    read: async (adapter) => (adapter === key ? remembered : new Map()),
    write: async (adapter, measured) => {
      written.push(adapter);
      remembered = measured;
    },
  };
  const first = await chooseTiles(guard, pipelines, dispatches, memory, Number.POSITIVE_INFINITY);
  expect(written).toEqual([key]);
  expect([...remembered.keys()]).toEqual([other, ...[large, small].map(productName)]);
  const next = await chooseTiles(guard, pipelines, dispatches, memory, Number.POSITIVE_INFINITY);
  expect(next.choices).toEqual(first.choices);
  expect(written.length).toBe(1);
}, 300_000);
