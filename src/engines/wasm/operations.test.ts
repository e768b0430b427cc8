import { describe, expect, test } from 'vitest';
import { openNodeWasm } from '../../../cli/wasmEngine.ts';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { initialTensors } from '../../model/initialise.ts';
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

/** The plan with the first `count` operations of its step alone. */
function upTo(plan: Plan, count: number): Plan {
  const [program] = plan.step;
  return { ...plan, step: [{ ...program, operations: program.operations.slice(0, count) }] };
}

describe('operations in WebAssembly', () => {
  test.each([
    {},
    { permutedBatch: 'first' },
    { imageSize: 18, convWidths: [3], channels: 3, discriminatorDepth: 1 },
    { imageSize: 32, convWidths: [2, 3, 4, 5, 6], batchSize: 2, latents: 1 },
    { convWidths: [9, 17], denseWidth: 37, batchSize: 6, latents: 10, discriminatorWidth: 21 },
  ] as Partial<RunConfig>[])('leave in every slot what the reference leaves: %o', async (settings) => {
    const engine = await openNodeWasm(1);
    const { plan, columns, valuesAt, live, layers, seed } = vaeModel({ ...small, ...settings });
    const values = [...plan.live.map((name) => valuesAt(live, 0)[name]), 1e-3, 1.1, 1e-3, 1.1];
    const { operations } = plan.step[0];
    for (let count = 1; count <= operations.length; count++) {
      const prefix = upTo(plan, count);
      const run = async (device: PlanDevice) => {
        device.writeState(initialTensors(layers, seed));
        device.setLive(0, { seed, draw: 3, metricsRow: 0, values });
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
  });
});

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
