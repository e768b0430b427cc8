import { beforeAll, describe, expect, test } from 'vitest';
import { drawInputs } from '../engines/inputs.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { expectSame, expectSameTensors } from './expectSame.ts';
import { engines, onKernelsOfRealGpus, openWebGpu } from './trainers.ts';
import { twoHeadsDefinition } from './twoHeads/definition.ts';
import { type TwoHeadsConfig, type TwoHeadsModel, twoHeadsColumns, twoHeadsModel } from './twoHeads/model.ts';

beforeAll(openWebGpu, 120_000);

const all = { ...engines, 'the plan on WebGPU, kernels of real GPUs': onKernelsOfRealGpus };

const config: TwoHeadsConfig = { seed: 3, batch: 5, latents: 3, width: 7 };

/**
 * A family and a data set that no engine was written for: two heads on a trunk, programs of different pace, activations
 * that stay as they are, colour images without factors.
 */
describe.each(Object.entries(all))('another family and data set: %s', (_, createOn) => {
  const create = (model: TwoHeadsModel) => createOn(model, twoHeadsDefinition);

  test('trains as the reference does', async () => {
    const model = twoHeadsModel(config);
    const [trainer, reference] = [await create(model), createReferenceTrainer(model)];
    const rows = await trainer.train(3);
    expect(rows.length).toBe(3 * twoHeadsColumns.length);
    expectSame(rows, await reference.train(3), 3);
    expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
    trainer.dispose();
  });

  test('one of its heads says of codes what the reference’s says', async () => {
    const model = twoHeadsModel(config);
    const [trainer, reference] = [await create(model), createReferenceTrainer(model)];
    const codes = Float32Array.from({ length: 11 * config.latents }, (_, i) => Math.sin(i));
    expectSame(await trainer.discriminate(codes), await reference.discriminate(codes), 5);
    trainer.dispose();
  });

  test('a run draws the same numbers that it may be given, and each repeat draws its own', async () => {
    const model = twoHeadsModel(config);
    const trainer = await create(model);
    const drawn = await trainer.train(2);
    trainer.writeParameters(await createReferenceTrainer(model).readParameters());
    for (const step of [0, 1]) {
      const inputs = Object.fromEntries(drawInputs(model.plan.step, config.seed, step));
      const row = await trainer.trainOn(inputs);
      expectSame(row, drawn.subarray(step * row.length, (step + 1) * row.length), 4);
    }
    await expect(trainer.trainOn({})).rejects.toMatchObject({ name: 'InputsError' });
    trainer.dispose();
  });

  test('a run goes on from a snapshot as if never stopped, and obeys new settings', async () => {
    const model = twoHeadsModel(config);
    const [trainer, other] = [await create(model), await create(model)];
    await trainer.train(2);
    const snapshot = await trainer.readSnapshot();
    other.writeSnapshot(snapshot);
    for (const each of [trainer, other]) each.setLive({ beta: 9, rate: 1e-3 });
    const onwards = await trainer.train(2);
    expect(await other.train(2)).toEqual(onwards);
    expect(onwards[twoHeadsColumns.findIndex(({ name }) => name === 'beta')]).toBe(3);
    trainer.dispose();
    other.dispose();
  });

  test.each(['vae', 'judge'])('steps of one player only are the reference’s: %s', async (only) => {
    const model = twoHeadsModel(config);
    const [trainer, reference] = [await create(model), createReferenceTrainer(model)];
    for (const each of [trainer, reference]) await each.train(1);
    expectSame(await trainer.train(2, only), await reference.train(2, only), 3);
    expectSame(await trainer.train(2), await reference.train(2), 3);
    expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
    trainer.dispose();
  });

  test('encodes, and says that it cannot decode', async () => {
    const model = twoHeadsModel(config);
    const [trainer, reference] = [await create(model), createReferenceTrainer(model)];
    const images = new Float32Array(7 * 192).map((_, i) => (i % 13) / 13);
    const [codes, expected] = [await trainer.encode(images), await reference.encode(images)];
    expectSame(codes.mean, expected.mean, 4);
    const none = new Float32Array();
    expectSame(codes.logVariance ?? none, expected.logVariance ?? none, 4);
    await expect(trainer.decode(codes.mean)).rejects.toMatchObject({ name: 'CannotError' });
    trainer.dispose();
  });
});
