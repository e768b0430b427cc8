import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { startTfjsInNode } from '../../../cli/nodeTfjs.ts';
import { compareWithFixture, tolerance } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import { presets } from '../../config/presets.ts';
import { liveSettingsOf, type RunConfig } from '../../config/schema.ts';
import { imagesOf } from '../../data/datasets.ts';
import { streams } from '../../data/random/philox.ts';
import { createTfjsTrainer } from '../../families/createTfjsTrainer.ts';
import { metricIndex, vaeColumns } from '../../families/vae/columns.ts';
import { vaeModel } from '../../families/vae/model.ts';
import { createPlanTrainer } from './createPlanTrainer.ts';
import { usualTiles } from './kernelChoice.ts';
import { planReport } from './planReport.ts';
import { requestPlanDevice } from './requestDevice.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await requestPlanDevice(webgpu.adapter);
});

const runsOn = () => ({ engine: 'webgpu', adapter: webgpu.name, software: webgpu.software }) as const;
const create = (config: RunConfig) => createPlanTrainer(vaeModel(config), device, runsOn());

/** A device with default limits and no features. */
async function plainDevice(): Promise<GPUDevice> {
  const adapter = await webgpu.gpu.requestAdapter();
  if (!adapter) throw new Error('the adapter is gone');
  return adapter.requestDevice();
}

/** A device of a test's own, to be broken. */
async function ownDevice(): Promise<GPUDevice> {
  const adapter = await webgpu.gpu.requestAdapter();
  if (!adapter) throw new Error('the adapter is gone');
  return requestPlanDevice(adapter);
}

/** A run of a few kilobytes, with odd sizes. */
const small: RunConfig = {
  ...presets.tiny,
  convWidths: [4, 6],
  denseWidth: 10,
  latents: 3,
  discriminatorWidth: 12,
  discriminatorDepth: 2,
  batchSize: 5,
};

describe('reproduces the PyTorch reference', () => {
  const files = [
    join(import.meta.dirname, '../fixtures/step-tiny.safetensors'),
    join(import.meta.dirname, '../fixtures/step-rgb.safetensors'),
    join(import.meta.dirname, 'fixtures/step-odd.safetensors'),
    join(import.meta.dirname, 'fixtures/step-deep.safetensors'),
  ];
  test.each(files)('%s', async (file) => {
    const { loss, parameter } = await compareWithFixture(readFixture(readFileSync(file)), create);
    expect(loss.error).toBeLessThan(tolerance.loss);
    expect(parameter.error).toBeLessThan(tolerance.parameter);
  });

  test('with the kernels of real GPUs, on a device of default limits and no features', async () => {
    const plain = await plainDevice();
    const fixture = readFixture(readFileSync(files[0]));
    const { passed } = await compareWithFixture(fixture, (config) =>
      createPlanTrainer(vaeModel(config), plain, runsOn(), { kernels: usualTiles }),
    );
    expect(passed).toBe(true);
    plain.destroy();
  }, 300_000);
});

describe('a run', () => {
  test('gives identical numbers twice, however its steps are grouped', async () => {
    const once = await create(small);
    const rows = await once.train(200);
    once.dispose();
    const again = await create(small);
    const width = vaeColumns(small).length;
    const parts = [];
    for (const steps of [1, 2, 97, 100]) parts.push(...(await again.train(steps)));
    expect(parts.length).toBe(200 * width);
    expect(Float32Array.from(parts)).toEqual(rows);
    again.dispose();
  });

  test('gamma 0 still trains the discriminator, and a changed gamma acts on the next step', async () => {
    const trainer = await create({ ...small, gamma: 0 });
    const before = (await trainer.readParameters()).get('discriminator.dense0.weight')?.data;
    const row = await trainer.train(1);
    expect(row[metricIndex('discriminatorLoss')]).toBeCloseTo(Math.LN2, 1);
    const after = (await trainer.readParameters()).get('discriminator.dense0.weight')?.data;
    expect(after).not.toEqual(before);
    trainer.setLive({ ...liveSettingsOf(small), gamma: 12, beta: 2 });
    const next = await trainer.train(1);
    expect(next[metricIndex('gamma')]).toBe(12);
    expect(next[metricIndex('beta')]).toBe(2);
    trainer.dispose();
  });

  test('permutes the first batch where it is told to, as the definition does', async () => {
    const config: RunConfig = { ...small, permutedBatch: 'first' };
    const [plan, definition, other] = [
      await create(config),
      await createTfjsTrainer(config, await startTfjsInNode('tfjs-cpu')),
      await create(small),
    ];
    const [rows, expected, others] = [await plan.train(3), await definition.train(3), await other.train(3)];
    rows.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 3);
    });
    const width = vaeColumns(small).length;
    const loss = (of: Float32Array) => of[width + metricIndex('discriminatorLoss')];
    expect(loss(others)).not.toBeCloseTo(loss(rows), 4);
    const parameters = await definition.readParameters();
    for (const [name, { data }] of await plan.readParameters())
      data.forEach((value, i) => {
        expect(value).toBeCloseTo(parameters.get(name)?.data[i] ?? Number.NaN, 4);
      });
    expect(planReport(plan).dispatchesPerStep).toBeLessThan(planReport(other).dispatchesPerStep);
    for (const trainer of [plan, definition, other]) trainer.dispose();
  });

  test('a frozen encoder stays as it was while training goes on', async () => {
    const trainer = await create(small);
    const source = imagesOf(small);
    const images = new Float32Array(7 * source.imageLength);
    source.drawBatch(3, streams.preview, 0, 7, images);
    await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
    const steps = trainer.train(5);
    await trainer.freezeEncoder();
    const more = trainer.train(20);
    await steps;
    // Nothing newer is kept meanwhile: the frozen encoder is part of it.
    expect(await trainer.keep()).toBe(true);
    const frozen = await trainer.encodeFrozen(images);
    await more;
    expect(await trainer.encodeFrozen(images)).toEqual(frozen);
    expect(await trainer.encode(images)).not.toEqual(frozen);
    const again = await create(small);
    await again.train(5);
    expect(await again.encode(images)).toEqual(frozen);
    trainer.restore();
    expect(trainer.step).toBe(5);
    await trainer.train(3);
    trainer.thawEncoder();
    await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
    const { bytes } = planReport(trainer);
    await trainer.freezeEncoder();
    expect(await trainer.encodeFrozen(images)).toEqual(await trainer.encode(images));
    expect(planReport(trainer).bytes).toBe(bytes);
    again.dispose();
    trainer.dispose();
  });
});

describe('what a device cannot do is named', () => {
  test('a run too large for its limits', async () => {
    const plain = await plainDevice();
    const config: RunConfig = { ...presets.paper, batchSize: 512, convWidths: [256, 8] };
    await expect(createPlanTrainer(vaeModel(config), plain, runsOn())).rejects.toMatchObject({
      name: 'WebGpuLimitError',
      message: expect.stringContaining('maxStorageBufferBindingSize'),
    });
    plain.destroy();
  });

  test('an error that nobody waits for, and a lost device', async () => {
    const plain = await ownDevice();
    const trainer = await createPlanTrainer(vaeModel(small), plain, runsOn());
    plain.createBuffer({ size: 4, usage: 0 });
    await plain.queue.onSubmittedWorkDone();
    await expect(trainer.train(1)).rejects.toMatchObject({ name: 'WebGpuError' });
    const other = await ownDevice();
    const lost = await createPlanTrainer(vaeModel(small), other, runsOn());
    other.destroy();
    await other.lost;
    await expect(lost.train(1)).rejects.toMatchObject({ name: 'WebGpuLostError' });
    plain.destroy();
  });
});
