import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { createNodeBackend } from '../../../cli/nodeBackend.ts';
import type { BackendInfo } from '../../config/backends.ts';
import { presets } from '../../config/presets.ts';
import { liveSettingsOf, type RunConfig } from '../../config/schema.ts';
import { ImageSource } from '../../data/batch.ts';
import { streams } from '../../data/philox.ts';
import { normals, permutations } from '../../data/random.ts';
import { initialParameters } from '../../model/initialise.ts';
import { klPerLatentIndex, metricIndex, metricWidth } from '../../model/metricsRow.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { StepInputs, Trainer } from '../trainer.ts';
import { createTfjsTrainer } from './trainer.ts';

const { tiny } = presets;
const width = metricWidth(tiny.latents);

let backend: BackendInfo;
beforeAll(async () => {
  backend = await createNodeBackend('wasm');
});

/** Runs a check on a new trainer, and sees that nothing of it is left on the backend. */
async function withTrainer(
  check: (trainer: Trainer) => Promise<void>,
  config: RunConfig = tiny,
): Promise<void> {
  const before = tf.memory().numTensors;
  const trainer = await createTfjsTrainer(config, backend);
  try {
    await check(trainer);
  } finally {
    trainer.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
}

/** The images of a batch as the trainer draws them. */
function imagesOf(config: RunConfig, count: number): Float32Array {
  const source = new ImageSource(config.factors, config.imageSize, config.channels);
  const images = new Float32Array(count * source.imageLength);
  source.drawBatch(config.seed, streams.batch1, 0, count, images);
  return images;
}

const numbersOf = (parameters: NamedTensors, name: string) =>
  parameters.get(name)?.data ?? new Float32Array();

/** Sum over a network's tensors of their largest difference. */
function distance(a: NamedTensors, b: NamedTensors, network: string): number {
  let sum = 0;
  for (const [name, { data }] of a)
    if (name.startsWith(network)) sum += largestDifference(data, numbersOf(b, name));
  return sum;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((value, i) => Math.abs(value - b[i])));
}

describe('the tfjs trainer', () => {
  test('starts from the initial parameters and returns a row a step', () =>
    withTrainer(async (trainer) => {
      expect(await trainer.readParameters()).toEqual(initialParameters(tiny));
      const rows = await trainer.train(3);
      expect(rows.length).toBe(3 * width);
      expect(rows.every(Number.isFinite)).toBe(true);
      expect(trainer.step).toBe(3);
      for (let step = 0; step < 3; step++) {
        const row = rows.subarray(step * width, (step + 1) * width);
        const latents = row.subarray(klPerLatentIndex);
        expect(latents.reduce((sum, kl) => sum + kl, 0)).toBeCloseTo(row[metricIndex('kl')], 5);
        expect(row[metricIndex('gamma')]).toBe(tiny.gamma);
        expect(row[metricIndex('beta')]).toBe(tiny.beta);
      }
      // An untrained model is undecided about every pixel, an untrained discriminator about every code.
      expect(rows[metricIndex('reconstruction')]).toBeCloseTo(tiny.imageSize ** 2 * Math.LN2, -2);
      expect(rows[metricIndex('discriminatorLoss')]).toBeCloseTo(Math.LN2, 1);
    }));

  test('train draws what trainOn is given: batches, noise and permutations of (seed, step)', () =>
    withTrainer(async (trainer) => {
      const { batchSize, latents, seed } = tiny;
      const source = new ImageSource(tiny.factors, tiny.imageSize, tiny.channels);
      const inputsOf = (step: number): StepInputs => {
        const batch1 = new Float32Array(batchSize * source.imageLength);
        const batch2 = new Float32Array(batchSize * source.imageLength);
        source.drawBatch(seed, streams.batch1, step, batchSize, batch1);
        source.drawBatch(seed, streams.batch2, step, batchSize, batch2);
        return {
          batch1,
          batch2,
          noise1: normals(seed, streams.noise1, step, batchSize * latents),
          noise2: normals(seed, streams.noise2, step, batchSize * latents),
          permutation: permutations(seed, streams.permutation, step, latents, batchSize),
        };
      };
      const drawn = await trainer.train(2);
      trainer.writeParameters(initialParameters(tiny));
      expect(trainer.step).toBe(0);
      const given = [...(await trainer.trainOn(inputsOf(0))), ...(await trainer.trainOn(inputsOf(1)))];
      expect([...drawn]).toEqual(given);
    }));

  test('a frozen encoder stays as it was while training goes on', () =>
    withTrainer(async (trainer) => {
      const images = imagesOf(tiny, 7);
      await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
      await trainer.train(3);
      const before = await trainer.encode(images);
      await trainer.freezeEncoder();
      await trainer.train(3);
      expect(await trainer.encodeFrozen(images)).toEqual(before);
      const after = await trainer.encode(images);
      expect(after).not.toEqual(before);
      await trainer.freezeEncoder();
      expect(await trainer.encodeFrozen(images)).toEqual(after);
      trainer.thawEncoder();
      await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
    }));

  test('the same seed gives the same numbers, another seed others', async () => {
    const run = async (config: RunConfig) => {
      const rows: number[] = [];
      await withTrainer(async (trainer) => {
        rows.push(...(await trainer.train(5)));
        rows.push(...numbersOf(await trainer.readParameters(), 'decoder.deconv1.weight'));
      }, config);
      return rows;
    };
    const first = await run(tiny);
    expect(await run(tiny)).toEqual(first);
    expect(await run({ ...tiny, seed: 1 })).not.toEqual(first);
  });

  test('50 steps leave as many tensors as were there', () =>
    withTrainer(async (trainer) => {
      await trainer.train(1);
      const before = tf.memory();
      await trainer.train(50);
      const after = tf.memory();
      expect(after.numTensors).toBe(before.numTensors);
      expect(after.numDataBuffers).toBe(before.numDataBuffers);
      expect(after.numBytes).toBe(before.numBytes);
    }));

  test('live settings act on the next step, each on its own part', () =>
    withTrainer(async (trainer) => {
      const start = await trainer.readParameters();
      const live = liveSettingsOf(tiny);
      trainer.setLive({ ...live, learningRate: 0 });
      await trainer.train(1);
      const onlyDiscriminator = await trainer.readParameters();
      expect(distance(start, onlyDiscriminator, 'encoder')).toBe(0);
      expect(distance(start, onlyDiscriminator, 'decoder')).toBe(0);
      expect(distance(start, onlyDiscriminator, 'discriminator')).toBeGreaterThan(0);

      trainer.setLive({ ...live, discriminatorLearningRate: 0, gamma: 40, beta: 4 });
      const row = await trainer.train(1);
      const both = await trainer.readParameters();
      expect(distance(onlyDiscriminator, both, 'encoder')).toBeGreaterThan(0);
      expect(distance(onlyDiscriminator, both, 'discriminator')).toBe(0);
      expect(row[metricIndex('gamma')]).toBe(40);
      expect(row[metricIndex('beta')]).toBe(4);
    }));

  test('gamma and beta follow the schedule, step by step', () =>
    withTrainer(
      async (trainer) => {
        const rows = await trainer.train(6);
        const column = (name: 'gamma' | 'beta') =>
          Array.from(rows.filter((_, i) => i % metricWidth(tiny.latents) === metricIndex(name)));
        expect(column('gamma')).toEqual([0, 12.5, 20, 15, 10, 10]);
        expect(column('beta')).toEqual([6, 5, 4, 3, 2, 2]);
      },
      { ...tiny, gamma: 10, beta: 2, annealingFactor: 3, annealingSteps: 4, gammaWarmupSteps: 2 },
    ));

  test('gamma pulls on the encoder alone', async () => {
    const trainedWith = async (gamma: number) => {
      const found: NamedTensors[] = [];
      await withTrainer(
        async (trainer) => {
          await trainer.train(1);
          found.push(await trainer.readParameters());
        },
        { ...tiny, gamma },
      );
      return found[0];
    };
    const [without, large] = [await trainedWith(0), await trainedWith(200)];
    expect(distance(without, large, 'encoder')).toBeGreaterThan(0);
    expect(distance(without, large, 'decoder')).toBe(0);
  });

  test('beta-VAE leaves the discriminator alone and says that it measured nothing of it', () =>
    withTrainer(
      async (trainer) => {
        const start = await trainer.readParameters();
        const row = await trainer.train(1);
        const end = await trainer.readParameters();
        expect(distance(start, end, 'encoder')).toBeGreaterThan(0);
        expect(distance(start, end, 'discriminator')).toBe(0);
        const unmeasured = ['totalCorrelation', 'discriminatorLoss', 'discriminatorAccuracy'] as const;
        for (const name of unmeasured) expect(row[metricIndex(name)]).toBeNaN();
        expect(row.filter(Number.isNaN).length).toBe(unmeasured.length);
        expect(row[metricIndex('reconstruction')]).toBeGreaterThan(0);
      },
      { ...tiny, objective: 'betaVae', beta: 4 },
    ));

  test('encode and decode take any number of images, one by one the same as together', () =>
    withTrainer(async (trainer) => {
      await trainer.train(2);
      const count = 300;
      const images = imagesOf(tiny, count);
      const codes = await trainer.encode(images);
      expect(codes.mean.length).toBe(count * tiny.latents);
      expect(codes.logVariance.length).toBe(count * tiny.latents);
      const pixels = await trainer.decode(codes.mean);
      expect(pixels.length).toBe(images.length);
      expect(pixels.every((pixel) => pixel > 0 && pixel < 1)).toBe(true);

      const length = tiny.imageSize ** 2;
      const last = await trainer.encode(images.subarray((count - 1) * length));
      const lastOfAll = codes.mean.subarray((count - 1) * tiny.latents);
      expect(largestDifference(last.mean, lastOfAll)).toBeLessThan(1e-5);
      const decoded = await trainer.decode(lastOfAll);
      const lastPixels = pixels.subarray((count - 1) * length);
      expect(largestDifference(decoded, lastPixels)).toBeLessThan(1e-5);
      expect((await trainer.encode(new Float32Array(0))).mean.length).toBe(0);
    }));

  test('restore goes back to the parameters and step kept, with fresh optimisers', () =>
    withTrainer(async (trainer) => {
      await trainer.train(3);
      expect(await trainer.keep()).toBe(true);
      const kept = await trainer.readParameters();
      await trainer.train(2);
      trainer.restore();
      expect(trainer.step).toBe(3);
      expect(await trainer.readParameters()).toEqual(kept);
      const onwards = await trainer.train(2);
      trainer.restore();
      expect(await trainer.train(2)).toEqual(onwards);
    }));

  test.each(['factorVae', 'betaVae'] as const)('a snapshot goes on as if never stopped: %s', (objective) => {
    const config = { ...tiny, objective };
    return withTrainer(async (trainer) => {
      await trainer.train(3);
      const snapshot = await trainer.readSnapshot();
      expect(snapshot.step).toBe(3);
      const onwards = await trainer.train(3);
      await withTrainer(async (other) => {
        other.writeSnapshot(snapshot);
        expect(other.step).toBe(3);
        expect(await other.train(3)).toEqual(onwards);
        const cut = { ...snapshot, secondMoments: new Map<string, never>() };
        expect(() => other.writeSnapshot(cut)).toThrow(/encoder.conv0.weight/);
        expect(other.step).toBe(6);
      }, config);
    }, config);
  });

  test('a state with a number that is not finite is not kept', () =>
    withTrainer(async (trainer) => {
      expect(() => trainer.restore()).toThrow(expect.objectContaining({ name: 'NothingKeptError' }));
      await trainer.train(1);
      expect(await trainer.keep()).toBe(true);
      const good = await trainer.readParameters();
      trainer.setLive({ ...liveSettingsOf(tiny), learningRate: 1e30 });
      const rows = await trainer.train(3);
      expect(rows.every(Number.isFinite)).toBe(false);
      expect(await trainer.keep()).toBe(false);
      trainer.restore();
      expect(await trainer.readParameters()).toEqual(good);
    }));

  test('parameters written are read back; a wrong one is refused and changes nothing', () =>
    withTrainer(async (trainer) => {
      const other = initialParameters({ ...tiny, seed: 9 });
      trainer.writeParameters(other);
      expect(await trainer.readParameters()).toEqual(other);
      const missing = new Map(other);
      missing.delete('discriminator.logits.bias');
      expect(() => trainer.writeParameters(missing)).toThrow(/"discriminator.logits.bias"/);
      const misshapen = new Map(other).set('encoder.dense.bias', { shape: [3], data: new Float32Array(3) });
      expect(() => trainer.writeParameters(misshapen)).toThrow(/its shape is \[3\]/);
      expect(await trainer.readParameters()).toEqual(other);
    }));

  test('after dispose every call is refused by name', async () => {
    const trainer = await createTfjsTrainer(tiny, backend);
    trainer.dispose();
    trainer.dispose();
    const name = 'TrainerDisposedError';
    await expect(trainer.train(1)).rejects.toMatchObject({ name });
    await expect(trainer.readParameters()).rejects.toMatchObject({ name });
    expect(() => trainer.restore()).toThrow(expect.objectContaining({ name }));
  });

  test('trainers on different backends work side by side', () =>
    withTrainer(async (onWasm) => {
      const cpu = await createNodeBackend('cpu');
      const onCpu = await createTfjsTrainer({ ...tiny, batchSize: 2 }, cpu);
      await onWasm.train(1);
      await onCpu.train(1);
      await onWasm.train(1);
      expect([onWasm.step, onCpu.step]).toEqual([2, 1]);
      onCpu.dispose();
    }));

  test('tiny learns', () =>
    withTrainer(async (trainer) => {
      const meanOf = (rows: Float32Array) => {
        let sum = 0;
        for (let at = metricIndex('reconstruction'); at < rows.length; at += width) sum += rows[at];
        return (sum * width) / rows.length;
      };
      const start = meanOf(await trainer.train(10));
      await trainer.train(280);
      const end = meanOf(await trainer.train(10));
      expect(end).toBeLessThan(start / 3);
    }));
});
