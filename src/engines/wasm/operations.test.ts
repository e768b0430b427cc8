import { describe, expect, test } from 'vitest';
import { openNodeWasm } from '../../../cli/wasmEngine.ts';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import type { InfoWganGpConfig } from '../../families/infoWganGp/config.ts';
import { infoWganGpModel } from '../../families/infoWganGp/model.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { initialTensors } from '../../model/initialise.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Model } from '../../plan/model.ts';
import type { Plan } from '../../plan/program.ts';
import type { PlanDevice } from '../plan/device.ts';
import { ReferencePlan } from '../reference/referencePlan.ts';
import { WasmPlan } from './wasmPlan.ts';

const small: RunConfig = {
  ...presets.tiny,
  convWidths: [4, 6],
  denseWidth: 10,
  latents: 3,
  discriminatorWidth: 12,
  discriminatorDepth: 2,
  batchSize: 5,
};
const { dataset, factors, shapes3d, data, imageSize, channels } = small;
const smallImages = { dataset, factors, shapes3d, data, imageSize, channels };
const smallInfoWganGp: InfoWganGpConfig = {
  images: smallImages,
  seed: 3,
  convWidths: [4, 6],
  denseWidth: 10,
  batchSize: 5,
  input: { codes: 3, categories: 3, noise: 2 },
  criticSteps: 1,
  penaltyWeight: 10,
  informationWeight: 1,
  generatorLearningRate: 1e-3,
  generatorAdamBetas: [0.5, 0.9],
  criticLearningRate: 1e-3,
  criticAdamBetas: [0.5, 0.9],
};

/** The plan whose step ends with so many operations of one of its programs. */
function upTo(plan: Plan, program: number, count: number): Plan {
  const last = plan.step[program];
  return {
    ...plan,
    step: [...plan.step.slice(0, program), { ...last, operations: last.operations.slice(0, count) }],
  };
}

/** Holds every slot and first moment to the reference's, after each operation of a step. */
async function expectSameSlots<Config, Live>({
  plan,
  columns,
  valuesAt,
  live,
  layers,
  seed,
}: Model<Config, Live>): Promise<void> {
  const engine = await openNodeWasm(1);
  const values = [...plan.live.map((name) => valuesAt(live, 0)[name]), 1e-3, 1.1, 1e-3, 1.1];
  for (const [program, { operations }] of plan.step.entries())
    for (let count = 1; count <= operations.length; count++) {
      const prefix = upTo(plan, program, count);
      const run = async (device: PlanDevice) => {
        device.writeState(initialTensors(layers, seed));
        for (const place of prefix.step.keys())
          device.setLive(place, { seed, draw: 3, metricsRow: 0, values });
        device.submitSteps(1, device.collect(1), null);
        const slots = new Map<string, Float32Array>();
        for (const slot of plan.slots)
          if (slot.role !== 'permutation' && slot.role !== 'sum')
            slots.set(slot.name, await device.readSlot(slot, slot.groups * slot.rows));
        return { slots, state: await device.readState() };
      };
      const wasm = new WasmPlan(prefix, columns.length, engine);
      const [found, expected] = [await run(wasm), await run(new ReferencePlan(prefix))];
      wasm.dispose();
      const { kind } = operations[count - 1];
      for (const [name, numbers] of expected.slots)
        expectClose(found.slots.get(name), numbers, `${name} after ${count} (${kind})`, 1e-5);
      for (const [name, { data }] of expected.state.firstMoments)
        expectClose(
          found.state.firstMoments.get(name)?.data,
          data,
          `moment of ${name} after ${count} (${kind})`,
          5e-5,
        );
    }
}

describe('operations in WebAssembly', () => {
  test.each([
    {},
    { permutedBatch: 'first' },
    { imageSize: 18, convWidths: [3], channels: 3, discriminatorDepth: 1 },
    { imageSize: 32, convWidths: [2, 3, 4, 5, 6], batchSize: 2, latents: 1 },
    { convWidths: [9, 17], denseWidth: 37, batchSize: 6, latents: 10, discriminatorWidth: 21 },
  ] as Partial<RunConfig>[])('leave in every slot what the reference leaves: %o', (settings) =>
    expectSameSlots(vaeModel({ ...small, ...settings })),
  );

  test.each([
    {},
    { images: { ...smallImages, imageSize: 18, channels: 3 }, convWidths: [3], denseWidth: 21 },
    { convWidths: [9, 20], input: { codes: 5, categories: 0, noise: 14 }, batchSize: 6 },
  ] as Partial<InfoWganGpConfig>[])(
    'those of InfoWGAN-GP leave in every slot what the reference leaves: %o',
    (settings) => expectSameSlots(infoWganGpModel({ ...smallInfoWganGp, ...settings })),
  );

  test('make 0 of numbers that a processor would be slow with', async () => {
    const { plan, columns, layers, valuesAt, live } = vaeModel(small);
    // Of units that are always off, and of pixels that are as good as black.
    const parameters = filled(initialTensors(layers, 1), {
      'encoder.dense.bias': -1e3,
      'decoder.deconv1.bias': -70,
    });
    const moments = filled(
      parameters,
      Object.fromEntries([...parameters.keys()].map((name) => [name, 1e-37])),
    );
    const engine = await openNodeWasm(1);
    const values = [...plan.live.map((name) => valuesAt(live, 0)[name]), 1e-3, 1.1, 1e-3, 1.1];
    const loss = plan.step[0].operations.findIndex(({ kind }) => kind === 'reconstructionLoss');
    const runOf = async (of: Plan) => {
      const device = new WasmPlan(of, columns.length, engine);
      device.writeState(parameters, { firstMoments: moments, secondMoments: moments });
      for (const place of of.step.keys()) device.setLive(place, { seed: 1, draw: 3, metricsRow: 0, values });
      device.submitSteps(1, device.collect(1), null);
      const pixels = plan.slots.find(({ name }) => name === 'decoder.deconv1');
      if (!pixels) throw new Error('no slot has the logits of pixels');
      const ran = {
        gradient: await device.readSlot(pixels, small.batchSize),
        state: await device.readState(),
      };
      device.dispose();
      return ran;
    };
    const { gradient } = await runOf(upTo(plan, 0, loss + 1));
    expect(gradient).toContain(0);
    expect([...gradient].filter((value) => value !== 0 && Math.abs(value) < 1e-20)).toEqual([]);
    const { state } = await runOf(plan);
    for (const [name, { data }] of [...state.firstMoments, ...state.secondMoments])
      expect(
        [...data].filter((value) => value !== 0 && Math.abs(value) < 1e-34),
        name,
      ).toEqual([]);
    expect(state.firstMoments.get('encoder.dense.weight')?.data).toContain(0);
  });
});

/** Tensors of which those named hold one number throughout. */
function filled(tensors: NamedTensors, values: Readonly<Record<string, number>>): NamedTensors {
  return new Map(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape, data: name in values ? data.map(() => values[name]) : data },
    ]),
  );
}

/** Equal within `bound` times the largest; biases of logits are small differences of large numbers. */
function expectClose(
  found: Float32Array | undefined,
  expected: Float32Array,
  what: string,
  bound: number,
): void {
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-12);
  const worst = expected.reduce((most, value, i) => {
    const difference = Math.abs(value - (found?.[i] ?? Number.NaN)) / largest;
    return difference <= most ? most : difference;
  }, 0);
  expect(worst, what).toBeLessThan(bound);
}
