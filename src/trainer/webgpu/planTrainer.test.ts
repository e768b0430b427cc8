import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeBackend } from '../../../cli/nodeBackend.ts';
import { compareWithFixture, tolerance } from '../../../cli/parity/compare.ts';
import { readFixture } from '../../../cli/parity/fixture.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../../../cli/webgpuDriver.ts';
import { presets } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import { ImageSource } from '../../data/batch.ts';
import { streams } from '../../data/philox.ts';
import { normals, permutations } from '../../data/random.ts';
import { initialParameters } from '../../model/initialise.ts';
import { metricIndex, metricWidth } from '../../model/metricsRow.ts';
import { createTfjsTrainer } from '../tfjs/trainer.ts';
import { createPlanTrainer } from './createPlanTrainer.ts';
import { sharedChoice } from './kernelChoice.ts';
import { requestPlanDevice } from './requestDevice.ts';

let webgpu: NodeWebGpu;
let device: GPUDevice;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  device = await requestPlanDevice(webgpu.adapter);
});

const backend = () =>
  ({ engine: 'webgpu', backend: 'webgpu', adapter: webgpu.name, software: webgpu.software }) as const;
const create = (config: RunConfig) => createPlanTrainer(config, device, backend());

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
      createPlanTrainer(config, plain, backend(), { kernels: sharedChoice }),
    );
    expect(passed).toBe(true);
    plain.destroy();
  });
});

describe('a run', () => {
  test('draws the inputs that the TypeScript generators draw', async () => {
    const [drawn, given] = [await create(small), await create(small)];
    const source = new ImageSource(small.factors, small.imageSize, small.channels);
    const { seed, batchSize, latents } = small;
    const images = (stream: 1 | 2, step: number) => {
      const out = new Float32Array(batchSize * source.imageLength);
      source.drawBatch(seed, stream, step, batchSize, out);
      return out;
    };
    for (let step = 0; step < 3; step++) {
      const row = await given.trainOn({
        batch1: images(streams.batch1, step),
        batch2: images(streams.batch2, step),
        noise1: normals(seed, streams.noise1, step, batchSize * latents),
        noise2: normals(seed, streams.noise2, step, batchSize * latents),
        permutation: permutations(seed, streams.permutation, step, latents, batchSize),
      });
      const same = await drawn.train(1);
      row.forEach((value, i) => {
        expect(same[i]).toBeCloseTo(value, 4);
      });
    }
    expect(drawn.step).toBe(3);
    drawn.dispose();
    given.dispose();
  });

  test('gives identical numbers twice, however its steps are grouped', async () => {
    const once = await create(small);
    const rows = await once.train(200);
    once.dispose();
    const again = await create(small);
    const width = metricWidth(small.latents);
    const parts = [];
    for (const steps of [1, 2, 97, 100]) parts.push(...(await again.train(steps)));
    expect(parts.length).toBe(200 * width);
    expect(Float32Array.from(parts)).toEqual(rows);
    again.dispose();
  });

  test('learns', async () => {
    const trainer = await create(small);
    const rows = await trainer.train(300);
    const width = metricWidth(small.latents);
    const mean = (first: number) => {
      let sum = 0;
      for (let row = first; row < first + 20; row++) sum += rows[row * width + metricIndex('reconstruction')];
      return sum / 20;
    };
    expect(mean(280)).toBeLessThan(0.8 * mean(0));
    trainer.dispose();
  });

  test('beta-VAE trains no discriminator', async () => {
    const trainer = await create({ ...small, objective: 'betaVae', beta: 4 });
    const before = await trainer.readParameters();
    const row = await trainer.train(1);
    for (const name of ['totalCorrelation', 'discriminatorLoss', 'discriminatorAccuracy'] as const)
      expect(row[metricIndex(name)]).toBeNaN();
    expect(row[metricIndex('reconstruction')]).toBeGreaterThan(0);
    const after = await trainer.readParameters();
    for (const [name, { data }] of after) {
      const same = data.every((value, i) => value === before.get(name)?.data[i]);
      expect(same).toBe(name.startsWith('discriminator'));
    }
    trainer.dispose();
  });

  test('gamma 0 still trains the discriminator, and a changed gamma acts on the next step', async () => {
    const trainer = await create({ ...small, gamma: 0 });
    const before = (await trainer.readParameters()).get('discriminator.dense0.weight')?.data;
    const row = await trainer.train(1);
    expect(row[metricIndex('discriminatorLoss')]).toBeCloseTo(Math.LN2, 1);
    const after = (await trainer.readParameters()).get('discriminator.dense0.weight')?.data;
    expect(after).not.toEqual(before);
    trainer.setLive({ gamma: 12, beta: 2, learningRate: 1e-3, discriminatorLearningRate: 1e-3 });
    const next = await trainer.train(1);
    expect(next[metricIndex('gamma')]).toBe(12);
    expect(next[metricIndex('beta')]).toBe(2);
    trainer.dispose();
  });

  test('gamma and beta follow the schedule, step by step', async () => {
    const trainer = await create({
      ...small,
      gamma: 10,
      beta: 2,
      annealingFactor: 3,
      annealingSteps: 4,
      gammaWarmupSteps: 2,
    });
    const rows = await trainer.train(6);
    const column = (name: 'gamma' | 'beta') =>
      Array.from(rows.filter((_, i) => i % metricWidth(small.latents) === metricIndex(name)));
    expect(column('gamma')).toEqual([0, 12.5, 20, 15, 10, 10]);
    expect(column('beta')).toEqual([6, 5, 4, 3, 2, 2]);
    trainer.dispose();
  });

  test('permutes the first batch where it is told to, as the definition does', async () => {
    const config: RunConfig = { ...small, permutedBatch: 'first' };
    const [plan, definition, other] = [
      await create(config),
      await createTfjsTrainer(config, await createNodeBackend('cpu')),
      await create(small),
    ];
    const [rows, expected, others] = [await plan.train(3), await definition.train(3), await other.train(3)];
    rows.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 3);
    });
    const width = metricWidth(small.latents);
    const loss = (of: Float32Array) => of[width + metricIndex('discriminatorLoss')];
    expect(loss(others)).not.toBeCloseTo(loss(rows), 4);
    const parameters = await definition.readParameters();
    for (const [name, { data }] of await plan.readParameters())
      data.forEach((value, i) => {
        expect(value).toBeCloseTo(parameters.get(name)?.data[i] ?? Number.NaN, 4);
      });
    expect(plan.report().dispatchesPerStep).toBeLessThan(other.report().dispatchesPerStep);
    for (const trainer of [plan, definition, other]) trainer.dispose();
  });

  test('encodes and decodes any number of images', async () => {
    const trainer = await create(small);
    await trainer.train(5);
    const source = new ImageSource(small.factors, small.imageSize, small.channels);
    const count = 2 * small.batchSize + 1;
    const images = new Float32Array(count * source.imageLength);
    source.drawBatch(3, streams.preview, 0, count, images);
    const { mean, logVariance } = await trainer.encode(images);
    expect(mean.length).toBe(count * small.latents);
    expect(logVariance.every(Number.isFinite)).toBe(true);
    const last = await trainer.encode(images.subarray(10 * source.imageLength));
    expect(last.mean).toEqual(mean.slice(10 * small.latents));
    const pixels = await trainer.decode(mean);
    expect(pixels.length).toBe(images.length);
    expect(pixels.every((value) => value > 0 && value < 1)).toBe(true);
    const one = await trainer.decode(mean.subarray(10 * small.latents));
    expect(one).toEqual(pixels.slice(10 * source.imageLength));
    trainer.dispose();
  });

  test('a frozen encoder stays as it was while training goes on', async () => {
    const trainer = await create(small);
    const source = new ImageSource(small.factors, small.imageSize, small.channels);
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
    const { bytes } = trainer.report();
    await trainer.freezeEncoder();
    expect(await trainer.encodeFrozen(images)).toEqual(await trainer.encode(images));
    expect(trainer.report().bytes).toBe(bytes);
    again.dispose();
    trainer.dispose();
  });

  test('parameters come back as they were written; keep and restore return to them', async () => {
    const trainer = await create(small);
    const written = initialParameters({ ...small, seed: 5 });
    trainer.writeParameters(written);
    expect(await trainer.readParameters()).toEqual(written);
    await trainer.train(10);
    expect(() => trainer.restore()).toThrow(/kept/);
    expect(await trainer.keep()).toBe(true);
    const kept = await trainer.readParameters();
    await trainer.train(10);
    trainer.restore();
    expect(trainer.step).toBe(10);
    expect(await trainer.readParameters()).toEqual(kept);
    const onwards = await trainer.train(10);
    trainer.restore();
    expect(await trainer.train(10)).toEqual(onwards);
    const broken = new Map(await trainer.readParameters());
    const weight = broken.get('encoder.conv1.weight');
    if (!weight) throw new Error('no such weight');
    weight.data[7] = Number.NaN;
    trainer.writeParameters(broken);
    expect(await trainer.keep()).toBe(false);
    trainer.restore();
    expect(trainer.step).toBe(10);
    trainer.dispose();
  });

  test.each(['factorVae', 'betaVae'] as const)(
    'a snapshot goes on as if never stopped, and tfjs goes on from it: %s',
    async (objective) => {
      const config = { ...small, objective, gamma: objective === 'betaVae' ? 0 : small.gamma };
      const trainer = await create(config);
      await trainer.train(7);
      const snapshot = await trainer.readSnapshot();
      expect(snapshot.step).toBe(7);
      const onwards = await trainer.train(5);
      trainer.dispose();

      const other = await create(config);
      await other.train(2);
      other.writeSnapshot(snapshot);
      expect(other.step).toBe(7);
      expect(await other.readSnapshot()).toEqual(snapshot);
      expect(await other.train(5)).toEqual(onwards);
      const cut = { ...snapshot, firstMoments: new Map<string, never>() };
      expect(() => other.writeSnapshot(cut)).toThrow(/encoder.conv0.weight/);
      other.dispose();

      const plain = await createTfjsTrainer(config, await createNodeBackend('wasm'));
      plain.writeSnapshot(snapshot);
      const rows = await plain.train(5);
      rows.forEach((value, i) => {
        if (Number.isNaN(value)) expect(onwards[i]).toBeNaN();
        else expect(value).toBeCloseTo(onwards[i], 3);
      });
      plain.dispose();
    },
  );
});

describe('what a device cannot do is named', () => {
  test('a run too large for its limits', async () => {
    const plain = await plainDevice();
    const config: RunConfig = { ...presets.paper, batchSize: 512, convWidths: [256, 8] };
    await expect(createPlanTrainer(config, plain, backend())).rejects.toMatchObject({
      name: 'WebGpuLimitError',
      message: expect.stringContaining('maxStorageBufferBindingSize'),
    });
    plain.destroy();
  });

  test('an error that nobody waits for, and a lost device', async () => {
    const plain = await ownDevice();
    const trainer = await createPlanTrainer(small, plain, backend());
    plain.createBuffer({ size: 4, usage: 0 });
    await plain.queue.onSubmittedWorkDone();
    await expect(trainer.train(1)).rejects.toMatchObject({ name: 'WebGpuError' });
    const other = await ownDevice();
    const lost = await createPlanTrainer(small, other, backend());
    other.destroy();
    await other.lost;
    await expect(lost.train(1)).rejects.toMatchObject({ name: 'WebGpuLostError' });
    plain.destroy();
  });
});
