import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openNodeWasm } from '../../../cli/wasmEngine.ts';
import { presets } from '../../config/presets.ts';
import { openImages } from '../../data/own/opened.ts';
import { someImages } from '../../data/own/someImages.fixture.ts';
import { modelOf } from '../../families/families.ts';
import { tensorBytes } from '../../plan/tensorBytes.ts';
import { drawInputs } from '../inputs.ts';
import { createWasmTrainer } from './createWasmTrainer.ts';
import { importsOf } from './module.ts';
import { wasmProductRate } from './productRate.ts';
import { floatBits, RecordList } from './recordList.ts';
import { headWords, recordBytes, records, shared } from './records.mjs';
import { WasmPlan } from './wasmPlan.ts';

const quick = presets.quick;

describe('the WebAssembly module', () => {
  test.each(['one-thread', 'threads'] as const)(
    '%s: small, and its constants lie before the scratches',
    async (build) => {
      const { default: bytes } =
        build === 'threads'
          ? await import('virtual:wasm-kernels/threads')
          : await import('virtual:wasm-kernels/one-thread');
      expect(bytes.length).toBeLessThan(60_000);
      const memory =
        build === 'threads'
          ? new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true })
          : new WebAssembly.Memory({ initial: 1 });
      const { instance } = await WebAssembly.instantiate(bytes, importsOf(memory));
      const { constantsEnd } = instance.exports;
      if (typeof constantsEnd !== 'function') throw new TypeError('constantsEnd is missing');
      expect(constantsEnd()).toBeLessThanOrEqual(shared.scratches);
    },
  );

  test('every record has room for its fields', () => {
    for (const fields of Object.values(records))
      expect(4 * (headWords + fields.length)).toBeLessThanOrEqual(recordBytes);
  });

  test('a million tiny operations in chunks: two threads do each chunk once', async () => {
    const engine = await openNodeWasm(2);
    const count = 16;
    const list = new RecordList();
    const [numbers, ones] = [65536, 66560];
    const rest = { through: 0, slope: floatBits(1), count, perChunk: 4 };
    for (let i = 0; i < 1000; i++) list.add('add', 4, { a: numbers, b: ones, result: numbers, ...rest });
    const instance = engine.take(2 ** 18 + list.bytes);
    const floats = new Float32Array(instance.memory.buffer);
    floats.fill(1, ones / 4, ones / 4 + count);
    list.write(instance.memory.buffer, 2 ** 18);
    for (let call = 0; call < 1000; call++) {
      // Now and then the helper has gone to sleep.
      if (call % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      instance.run(2 ** 18, list.count);
    }
    expect([...floats.subarray(numbers / 4, numbers / 4 + count)]).toEqual(new Array(count).fill(1e6));
    instance.release();
    engine.close();
  }, 120_000);

  test('the rate of a product is a number, and its memory serves the next run', async () => {
    const engine = await openNodeWasm(1);
    const first = engine.take(2 ** 23);
    first.release();
    // A processor does some 10^9 to 10^12 of them.
    const rate = await wasmProductRate(engine);
    expect(rate).toBeGreaterThan(1e8);
    expect(rate).toBeLessThan(1e13);
    const again = engine.take(2 ** 16);
    expect(again.memory).toBe(first.memory);
    again.release();
    engine.close();
  });

  test('one thread and two come to the same bits in 200 steps of quick', async () => {
    const hashes: string[] = [];
    for (const threads of [1, 2]) {
      const engine = await openNodeWasm(threads);
      const trainer = createWasmTrainer(modelOf(quick), engine);
      await trainer.train(200);
      const hash = createHash('sha256');
      for (const { data } of (await trainer.readParameters()).values()) hash.update(data);
      hashes.push(hash.digest('hex'));
      trainer.dispose();
      engine.close();
    }
    expect(hashes[1]).toBe(hashes[0]);
  }, 300_000);

  const ofBits = { hash: 'f'.repeat(32), name: 'noise', count: 41, seed: null };
  const few3d = { ...presets.quick3d.shapes3d, wallHue: 7, objectScale: 2, viewOrientation: 3 };
  test.each([
    ['shapes2d', quick],
    ['shapes3d', { ...presets.quick3d, shapes3d: few3d }],
    ['a table of bits', { ...quick, dataset: 'own', data: ofBits }],
  ] as const)(
    'draws what TypeScript draws, %s: images and permutations to the bit, normals within 1e-6',
    async (_, run) => {
      await openImages(run, { open: async () => someImages(32, 1, 1, 41) });
      const { plan, columns, seed } = modelOf({ ...run, permutedBatch: 'second', seed: 0xfedcba98 });
      const device = new WasmPlan(plan, columns.length, await openNodeWasm(1));
      const drawn = drawInputs(plan.step, seed, 12345);
      const values = new Float64Array(8).fill(1);
      device.setLive(0, { seed, draw: 12345, metricsRow: 0, values });
      device.submitSteps(1, device.collect(1), null);
      for (const slot of plan.slots) {
        const expected = drawn.get(slot.name);
        if (!expected) continue;
        const found = await device.readSlot(slot, slot.rows);
        if (slot.role === 'noise') {
          const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0);
          expect(worst, slot.name).toBeLessThan(1e-6);
        } else if (slot.role === 'permutation')
          expect([...new Int32Array(found.buffer)], slot.name).toEqual([...expected]);
        else expect(found, slot.name).toEqual(expected);
      }
      device.dispose();
    },
  );

  test.each([
    { objective: 'factorVae', preset: 'tiny' },
    { objective: 'factorVae', preset: 'quick' },
    { objective: 'factorVae', preset: 'paper' },
    { objective: 'infoWganGp', preset: 'tiny' },
    { objective: 'infoWganGp', preset: 'quick' },
    { objective: 'infoWganGp', preset: 'paper' },
  ] as const)('$objective, $preset: it keeps to its memory', async ({ objective, preset }) => {
    const { plan, columns } = modelOf({ ...presets[preset], objective });
    for (const threads of [1, 2]) {
      const engine = await openNodeWasm(threads);
      const device = new WasmPlan(plan, columns.length, engine);
      const { all, kept, tables } = device.bytes;
      const tensors = tensorBytes(plan);
      expect((all - kept - tables) / tensors).toBeLessThan(1.25);
      expect((all - tables) / tensors).toBeLessThan(1.45);
      device.dispose();
      engine.close();
    }
  });

  test('twenty runs, one after the other, share one memory', async () => {
    const engine = await openNodeWasm(2);
    const memories = new Set<WebAssembly.Memory>();
    for (let run = 0; run < 20; run++) {
      const instance = engine.take(2 ** 20 + run * 65536);
      memories.add(instance.memory);
      instance.release();
    }
    expect(memories.size).toBe(1);
    engine.close();
  });
});
