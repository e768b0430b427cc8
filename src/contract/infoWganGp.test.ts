import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { compareInfoWganGp, type InfoWganGpTrainer } from '../../cli/parity/compareInfoWganGp.ts';
import { readInfoWganGpFixture } from '../../cli/parity/infoWganGpFixture.ts';
import { openNodeWasm } from '../../cli/wasmEngine.ts';
import { presets } from '../config/presets.ts';
import { drawInputs } from '../engines/inputs.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { WasmPlan } from '../engines/wasm/wasmPlan.ts';
import { drawingBuffers } from '../engines/webgpu/createPlanTrainer.ts';
import { registerChoice, usualTiles } from '../engines/webgpu/kernelChoice.ts';
import { lowerPlan } from '../engines/webgpu/lower.ts';
import { GpuMemory } from '../engines/webgpu/memory.ts';
import { PlanMemory } from '../engines/webgpu/planMemory.ts';
import { infoWganGpColumns, infoWganGpIndex } from '../families/infoWganGp/columns.ts';
import type { InfoWganGpConfig } from '../families/infoWganGp/config.ts';
import { type InfoWganGpModel, infoWganGpModel } from '../families/infoWganGp/model.ts';
import { infoWganGpDefinition } from '../families/infoWganGp/tfjs/definition.ts';
import { memoryBound, tensorBytes } from '../plan/tensorBytes.ts';
import { expectSame, expectSameTensors } from './expectSame.ts';
import { engines, onKernelsOfRealGpus, openWebGpu } from './trainers.ts';

beforeAll(openWebGpu, 120_000);

type Create = (model: InfoWganGpModel) => Promise<InfoWganGpTrainer>;

const onRealKernels: Create = (model) => onKernelsOfRealGpus(model, infoWganGpDefinition);

const { dataset, factors, shapes3d, data } = presets.tiny;
/** Odd sizes: batches and widths that are no multiples of four, which kernels have to pad. */
const small: InfoWganGpConfig = {
  images: { dataset, factors, shapes3d, data, imageSize: 16, channels: 1 },
  seed: 3,
  convWidths: [4, 6],
  denseWidth: 10,
  batchSize: 5,
  input: { codes: 3, categories: 3, noise: 2 },
  criticSteps: 2,
  penaltyWeight: 10,
  informationWeight: 1,
  generatorLearningRate: 1e-3,
  generatorAdamBetas: [0.5, 0.9],
  criticLearningRate: 1e-3,
  criticAdamBetas: [0.5, 0.9],
};
const others: readonly Partial<InfoWganGpConfig>[] = [
  {},
  {
    images: { ...small.images, imageSize: 18, channels: 3 },
    convWidths: [5],
    denseWidth: 21,
    input: { codes: 1, categories: 0, noise: 0 },
    criticSteps: 1,
  },
  { images: { ...small.images, imageSize: 32 }, convWidths: [3, 4, 5, 6], batchSize: 17, criticSteps: 1 },
  // More inputs of a dense layer than are summed at a time.
  { convWidths: [8, 20], denseWidth: 37, input: { codes: 9, categories: 2, noise: 14 }, criticSteps: 1 },
];

async function withTrainer(
  create: Create,
  settings: Partial<InfoWganGpConfig>,
  check: (trainer: InfoWganGpTrainer, model: InfoWganGpModel) => Promise<void>,
) {
  const model = infoWganGpModel({ ...small, ...settings });
  const trainer = await create(model);
  try {
    await check(trainer, model);
  } finally {
    trainer.dispose();
  }
}

/** Two iterations, codes of images and images of codes. */
function doesAsTheReference(create: Create, settings: Partial<InfoWganGpConfig>) {
  return withTrainer(create, settings, async (trainer, model) => {
    const reference = createReferenceTrainer(model);
    const rows = await trainer.train(2);
    expect(rows.length).toBe(2 * infoWganGpColumns(model.config).length);
    expectSame(rows, await reference.train(2), 3);
    expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
    const { imageSize, channels } = model.config.images;
    const images = new Float32Array(7 * imageSize ** 2 * channels).map((__, i) => (i % 13) / 13);
    const [codes, expected] = [await trainer.encode(images), await reference.encode(images)];
    expectSame(codes.mean, expected.mean, 4);
    // Q tells means alone.
    expect(codes.logVariance).toBeNull();
    const { codes: latents, categories, noise } = model.config.input;
    const given = Float32Array.from({ length: 7 * latents }, (__, i) => Math.sin(i));
    // The category and the noise of a generator are the same for all codes that are decoded, or given with each.
    expectSame(await trainer.decode(given), await reference.decode(given), 4);
    const rest = Float32Array.from({ length: 7 * (categories + noise) }, (__, i) => Math.cos(i));
    expectSame(await trainer.decode(given, rest), await reference.decode(given, rest), 4);
    await expect(trainer.discriminate(codes.mean)).rejects.toMatchObject({ name: 'CannotError' });
  });
}

const fixtures = ['infowgangp-tiny', 'infowgangp-rgb'];
const readFixture = (name: string) =>
  readInfoWganGpFixture(readFileSync(join(import.meta.dirname, `../engines/fixtures/${name}.safetensors`)));

test.each(fixtures)(
  'InfoWGAN-GP in double precision comes closer to PyTorch than it must: %s',
  async (name) => {
    const { loss, parameter, gradient } = await compareInfoWganGp(readFixture(name), async (config) =>
      createReferenceTrainer(infoWganGpModel(config)),
    );
    expect(loss.error).toBeLessThan(2e-6);
    expect(parameter.error).toBeLessThan(5e-8);
    expect(gradient.error).toBeLessThan(5e-6);
  },
);

describe.each(Object.entries(engines))('InfoWGAN-GP: %s', (_, createOn) => {
  const create: Create = (model) => createOn(model, infoWganGpDefinition);

  test.each(fixtures)('agrees with PyTorch: %s', async (name) => {
    const parity = await compareInfoWganGp(readFixture(name), (config) => create(infoWganGpModel(config)));
    expect(parity).toMatchObject({ passed: true });
  });

  test.each(others)('does as the reference does: %o', (settings) => doesAsTheReference(create, settings));

  test('a run draws the same numbers that it may be given, and each critic step draws its own', () =>
    withTrainer(create, {}, async (trainer, model) => {
      const drawn = await trainer.train(2);
      trainer.writeParameters(await createReferenceTrainer(model).readParameters());
      for (const step of [0, 1]) {
        const row = await trainer.trainOn(
          Object.fromEntries(drawInputs(model.plan.step, model.config.seed, step)),
        );
        expectSame(row, drawn.subarray(step * row.length, (step + 1) * row.length), 4);
      }
      await expect(trainer.trainOn({})).rejects.toMatchObject({ name: 'InputsError' });
    }));

  test('the same seed gives the same bits however steps are grouped, another seed others', async () => {
    const rowsOf = async (groups: readonly number[], seed: number) => {
      const rows: number[] = [];
      await withTrainer(create, { seed }, async (trainer) => {
        for (const steps of groups) rows.push(...(await trainer.train(steps)));
      });
      return rows;
    };
    const once = await rowsOf([4], 3);
    expect(await rowsOf([1, 3], 3)).toEqual(once);
    expect(await rowsOf([4], 4)).not.toEqual(once);
  });

  test('an iteration by its stages is the iteration', () =>
    withTrainer(create, {}, async (trainer, model) => {
      const rows = [await trainer.train(1), await trainer.train(1)];
      trainer.writeParameters(await createReferenceTrainer(model).readParameters());
      let seen = 0;
      const again = [await trainer.train(1), await trainer.trainByStages(null, async () => void seen++)];
      expect(again).toEqual(rows);
      expect(seen).toBe(trainer.stages?.length ?? 0);
    }));

  test.each(['critic', 'generator'])('steps of one player only are the reference’s: %s', (only) =>
    withTrainer(create, {}, async (trainer, model) => {
      const reference = createReferenceTrainer(model);
      for (const each of [trainer, reference]) await each.train(1);
      expectSame(await trainer.train(2, only), await reference.train(2, only), 3);
      expectSame(await trainer.train(1), await reference.train(1), 3);
      expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
    }),
  );

  test('a run goes on from a snapshot as if never stopped, obeys new settings, and returns to what it kept', () =>
    withTrainer(create, {}, async (trainer, model) => {
      await trainer.train(2);
      const [snapshot, other] = [await trainer.readSnapshot(), await create(model)];
      other.writeSnapshot(snapshot);
      const live = { ...model.live, penaltyWeight: 3, informationWeight: 0.5 };
      for (const each of [trainer, other]) each.setLive(live);
      expect(await trainer.keep()).toBe(true);
      const onwards = await trainer.train(2);
      expect(await other.train(2)).toEqual(onwards);
      expect(onwards[infoWganGpIndex('penaltyWeight')]).toBe(3);
      expect(onwards[infoWganGpIndex('informationWeight')]).toBe(0.5);
      other.dispose();
      trainer.restore();
      expect(trainer.step).toBe(2);
      expectSameTensors(await trainer.readParameters(), snapshot.parameters, 7);
    }));
});

/** github.com/fjxmlzn/InfoGAN-CR's shapes on images of 64 pixels. */
const large: InfoWganGpConfig = {
  ...small,
  images: { ...small.images, imageSize: 64 },
  convWidths: [32, 32, 64, 64],
  denseWidth: 128,
  batchSize: 64,
  input: { codes: 5, categories: 0, noise: 5 },
};

test.each([registerChoice(4), usualTiles])('what a step costs a GPU at full size: $name', async (kernels) => {
  const { device } = await openWebGpu();
  const { plan, columns } = infoWganGpModel(large);
  const memory = new GpuMemory(device);
  const tables = drawingBuffers(plan, memory, device.queue);
  const buffers = new PlanMemory(plan, columns.length, kernels, memory);
  const [critic, generator] = lowerPlan(plan, buffers, kernels, tables).step;
  expect(critic.draw.length + critic.operations.length).toBeLessThanOrEqual(64);
  expect(generator.draw.length + generator.operations.length).toBeLessThanOrEqual(48);
  // With the copy that `keep` makes.
  const bytes = memory.bytes + buffers.parameters.size;
  expect(bytes / tensorBytes(plan)).toBeLessThanOrEqual(memoryBound);
  memory.dispose();
});

test('how much memory a run takes in WebAssembly', async () => {
  const { plan, columns } = infoWganGpModel(large);
  const engine = await openNodeWasm(2);
  const wasm = new WasmPlan(plan, columns.length, engine);
  const { all, kept, tables } = wasm.bytes;
  expect((all - kept - tables) / tensorBytes(plan)).toBeLessThan(memoryBound);
  wasm.dispose();
  engine.close();
});

describe('InfoWGAN-GP on the kernels of real GPUs', () => {
  test('agrees with PyTorch', async () => {
    const fixture = readFixture('infowgangp-tiny');
    const parity = await compareInfoWganGp(fixture, (config) => onRealKernels(infoWganGpModel(config)));
    expect(parity).toMatchObject({ passed: true });
  }, 300_000);

  test('does as the reference does', () => doesAsTheReference(onRealKernels, {}), 300_000);
});
