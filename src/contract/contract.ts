import { beforeAll, describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import { liveSettingsOf, type RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { streams } from '../data/random/philox.ts';
import { normals, permutations } from '../data/random/random.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { metricIndex, vaeColumns } from '../families/vae/columns.ts';
import type { StepInputs } from '../families/vae/inputs.ts';
import { vaeModel } from '../families/vae/model.ts';
import { vaeLayers } from '../families/vae/networks.ts';
import { columnNames } from '../model/columns.ts';
import { initialTensors } from '../model/initialise.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { expectSame, expectSameTensors } from './expectSame.ts';

/** Makes the trainers of the engine under test. */
export type CreateTrainer = (config: RunConfig) => Promise<Trainer>;

/** A run of a few kilobytes, with odd sizes. */
export const smallConfig: RunConfig = {
  ...presets.tiny,
  convWidths: [4, 6],
  denseWidth: 10,
  latents: 3,
  discriminatorWidth: 12,
  discriminatorDepth: 2,
  batchSize: 5,
};
const width = vaeColumns(smallConfig).length;

/** Sizes at the edges of what is allowed: one convolution and five, colour, one latent, a discriminator of one layer. */
const odd: readonly Partial<RunConfig>[] = [
  { imageSize: 18, convWidths: [3], channels: 3, discriminatorDepth: 1 },
  { imageSize: 32, convWidths: [2, 3, 4, 5, 6], batchSize: 2, latents: 1, permutedBatch: 'first' },
  { denseWidth: 1, discriminatorWidth: 1, discriminatorDepth: 3, batchSize: 17 },
];

/** What every engine must do, told of an engine by `open`; null, with the reason printed, where it is not to be had. */
export function describeEngine(name: string, open: () => Promise<CreateTrainer | null>): void {
  describe(`the contract: ${name}`, () => {
    let create: CreateTrainer | null = null;
    beforeAll(async () => {
      create = await open();
    }, 120_000);

    /** Runs a check on a new trainer and disposes it. */
    async function withTrainer(
      check: (trainer: Trainer) => Promise<void>,
      settings: Partial<RunConfig> = {},
    ) {
      if (!create) return;
      const trainer = await create({ ...smallConfig, ...settings });
      try {
        await check(trainer);
      } finally {
        trainer.dispose();
      }
    }

    test('starts from the initial parameters and returns a row a step', () =>
      withTrainer(async (trainer) => {
        expect(await trainer.readParameters()).toEqual(initialParameters(smallConfig.seed));
        const rows = await trainer.train(3);
        expect(rows.length).toBe(3 * width);
        expect(rows.every(Number.isFinite)).toBe(true);
        expect(trainer.step).toBe(3);
        // An untrained model is undecided about every pixel, an untrained discriminator about every code.
        const pixels = smallConfig.imageSize ** 2;
        const undecided = rows[metricIndex('reconstruction')] / (pixels * Math.LN2);
        expect(Math.abs(undecided - 1)).toBeLessThan(0.2);
        expect(rows[metricIndex('discriminatorLoss')]).toBeCloseTo(Math.LN2, 1);
        const kl = rows.subarray(width - smallConfig.latents, width).reduce((sum, value) => sum + value, 0);
        expect(kl).toBeCloseTo(rows[metricIndex('kl')], 5);
      }));

    test.each([
      {},
      { permutedBatch: 'first' },
      { objective: 'betaVae', beta: 4 },
      ...odd,
    ] as Partial<RunConfig>[])('does as the reference does: %o', (settings) =>
      withTrainer(async (trainer) => {
        const reference = createReferenceTrainer(vaeModel({ ...smallConfig, ...settings }));
        expectSame(await trainer.train(3), await reference.train(3), 3);
        expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
      }, settings),
    );

    test('train draws what trainOn is given', () =>
      withTrainer(async (trainer) => {
        const drawn = await trainer.train(2);
        trainer.writeParameters(initialParameters(smallConfig.seed));
        expect(trainer.step).toBe(0);
        const given = [...(await trainer.trainOn(inputsOf(0))), ...(await trainer.trainOn(inputsOf(1)))];
        expectSame(Float32Array.from(given), drawn, 4);
        expect(trainer.step).toBe(2);
      }));

    test('the same seed gives the same bits however steps are grouped, another seed others', async () => {
      const rowsOf = async (groups: readonly number[], settings: Partial<RunConfig>) => {
        const rows: number[] = [];
        await withTrainer(async (trainer) => {
          for (const steps of groups) rows.push(...(await trainer.train(steps)));
        }, settings);
        return rows;
      };
      const once = await rowsOf([6], {});
      expect(await rowsOf([1, 2, 3], {})).toEqual(once);
      if (create) expect(await rowsOf([6], { seed: 1 })).not.toEqual(once);
    });

    test('learns', () =>
      withTrainer(
        async (trainer) => {
          const rows = await trainer.train(60);
          const at = (row: number) => rows[row * width + metricIndex('reconstruction')];
          expect(at(59)).toBeLessThan(0.8 * at(0));
        },
        { learningRate: 5e-3 },
      ));

    test('live settings act on the next step, each on its own part', () =>
      withTrainer(async (trainer) => {
        const live = liveSettingsOf(smallConfig);
        const start = await trainer.readParameters();
        trainer.setLive({ ...live, learningRate: 0 });
        await trainer.train(1);
        const onlyDiscriminator = await trainer.readParameters();
        expect(changed(start, onlyDiscriminator)).toEqual(['discriminator']);
        trainer.setLive({ ...live, discriminatorLearningRate: 0, gamma: 40, beta: 4 });
        const row = await trainer.train(1);
        expect(changed(onlyDiscriminator, await trainer.readParameters())).toEqual(['encoder', 'decoder']);
        expect(row[metricIndex('gamma')]).toBe(40);
        expect(row[metricIndex('beta')]).toBe(4);
      }));

    test('gamma and beta follow the schedule, step by step', () =>
      withTrainer(
        async (trainer) => {
          const rows = await trainer.train(6);
          const column = (metric: 'gamma' | 'beta') =>
            Array.from(rows.filter((_, i) => i % width === metricIndex(metric)));
          expect(column('gamma')).toEqual([0, 12.5, 20, 15, 10, 10]);
          expect(column('beta')).toEqual([6, 5, 4, 3, 2, 2]);
        },
        { gamma: 10, beta: 2, annealingFactor: 3, annealingSteps: 4, gammaWarmupSteps: 2 },
      ));

    test('gamma pulls on the encoder alone', async () => {
      const found: NamedTensors[] = [];
      for (const gamma of [0, 200])
        await withTrainer(
          async (trainer) => {
            await trainer.train(1);
            found.push(await trainer.readParameters());
          },
          // Else the discriminator sees what the encoder has become.
          { gamma, permutedBatch: 'first' },
        );
      if (found.length > 0) expect(changed(found[0], found[1])).toEqual(['encoder']);
    });

    test('beta-VAE leaves the discriminator alone and says that it measured nothing of it', () =>
      withTrainer(
        async (trainer) => {
          const start = await trainer.readParameters();
          const row = await trainer.train(1);
          expect(changed(start, await trainer.readParameters())).toEqual(['encoder', 'decoder']);
          const unmeasured = ['totalCorrelation', 'discriminatorLoss', 'discriminatorAccuracy'] as const;
          for (const metric of unmeasured) expect(row[metricIndex(metric)]).toBeNaN();
          expect(row.filter(Number.isNaN).length).toBe(unmeasured.length);
          const columns = trainer.model.columns.filter(({ measured }) => !measured);
          expect(columnNames(columns)).toEqual(unmeasured);
          expect(row[metricIndex('gamma')]).toBe(0);
        },
        { objective: 'betaVae', beta: 4 },
      ));

    test('encodes and decodes any number of images, one by one the same as together', () =>
      withTrainer(async (trainer) => {
        await trainer.train(2);
        const count = 2 * smallConfig.batchSize + 1;
        const images = drawnImages(count);
        const length = images.length / count;
        const codes = await trainer.encode(images);
        expect(codes.mean.length).toBe(count * smallConfig.latents);
        expect(codes.logVariance.every(Number.isFinite)).toBe(true);
        const pixels = await trainer.decode(codes.mean);
        expect(pixels.length).toBe(images.length);
        expect(pixels.every((pixel) => pixel > 0 && pixel < 1)).toBe(true);
        const last = await trainer.encode(images.subarray((count - 1) * length));
        const lastMean = codes.mean.subarray((count - 1) * smallConfig.latents);
        expectSame(last.mean, lastMean, 5);
        expectSame(await trainer.decode(lastMean), pixels.subarray((count - 1) * length), 5);
        expect((await trainer.encode(new Float32Array(0))).mean.length).toBe(0);
      }));

    test('its discriminator says of any number of codes what the reference says, one by one as together', () =>
      withTrainer(async (trainer) => {
        await trainer.train(2);
        const count = 2 * smallConfig.batchSize + 1;
        const codes = (await trainer.encode(drawnImages(count))).mean.map((value) => 3 * value + 0.1);
        const ratios = await trainer.discriminate(codes);
        const reference = createReferenceTrainer(vaeModel(smallConfig));
        reference.writeSnapshot(await trainer.readSnapshot());
        expect(ratios.length).toBe(count);
        expectSame(ratios, await reference.discriminate(codes), 4);
        const { latents } = smallConfig;
        expectSame(await trainer.discriminate(codes.subarray(-latents)), ratios.subarray(-1), 5);
        // It changes nothing: the next step is that of a run that was never asked.
        const onwards = await trainer.train(1);
        await withTrainer(async (other) => {
          await other.train(2);
          expect(await other.train(1)).toEqual(onwards);
        });
      }));

    test('without a discriminator there is no opinion', () =>
      withTrainer(
        async (trainer) => {
          expect(trainer.model.can.discriminate).toBe(false);
          await expect(trainer.discriminate(new Float32Array(0))).rejects.toMatchObject({
            name: 'CannotError',
          });
        },
        { objective: 'betaVae' },
      ));

    test('numbers that are not whole images, codes or inputs are refused by name', () =>
      withTrainer(async (trainer) => {
        const name = 'InputsError';
        await expect(trainer.encode(new Float32Array(257))).rejects.toMatchObject({ name });
        await expect(trainer.decode(new Float32Array(4))).rejects.toMatchObject({ name });
        await expect(trainer.discriminate(new Float32Array(4))).rejects.toMatchObject({ name });
        const short = { ...inputsOf(0), noise1: new Float32Array(3) };
        await expect(trainer.trainOn(short)).rejects.toMatchObject({ name });
        expect(trainer.step).toBe(0);
      }));

    test('a frozen encoder stays as it was while training goes on', () =>
      withTrainer(async (trainer) => {
        const images = drawnImages(7);
        await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
        await trainer.train(2);
        const before = await trainer.encode(images);
        await trainer.freezeEncoder();
        const more = trainer.train(4);
        expect(await trainer.keep()).toBe(true);
        await more;
        expect(await trainer.encodeFrozen(images)).toEqual(before);
        expect(await trainer.encode(images)).not.toEqual(before);
        trainer.restore();
        expect(trainer.step).toBe(2);
        await trainer.train(1);
        await trainer.freezeEncoder();
        expect(await trainer.encodeFrozen(images)).toEqual(await trainer.encode(images));
        trainer.thawEncoder();
        await expect(trainer.encodeFrozen(images)).rejects.toMatchObject({ name: 'NothingFrozenError' });
      }));

    test('parameters written are read back; wrong ones are refused by name and change nothing', () =>
      withTrainer(async (trainer) => {
        const written = initialParameters(9);
        trainer.writeParameters(written);
        expect(await trainer.readParameters()).toEqual(written);
        for (const wrong of wrongTensors(written))
          expect(() => trainer.writeParameters(wrong)).toThrow(
            expect.objectContaining({
              name: 'ParametersError',
              message: expect.stringContaining('"encoder.dense.bias"'),
            }),
          );
        expect(await trainer.readParameters()).toEqual(written);
      }));

    test.each(['factorVae', 'betaVae'] as const)('a snapshot goes on as if never stopped: %s', (objective) =>
      withTrainer(
        async (trainer) => {
          await trainer.train(3);
          const snapshot = await trainer.readSnapshot();
          expect(snapshot.step).toBe(3);
          const onwards = await trainer.train(3);
          await withTrainer(
            async (other) => {
              await other.train(1);
              other.writeSnapshot(snapshot);
              expect(other.step).toBe(3);
              expect(await other.readSnapshot()).toEqual(snapshot);
              expect(await other.train(3)).toEqual(onwards);
              for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const)
                for (const wrong of wrongTensors(snapshot[part]))
                  expect(() => other.writeSnapshot({ ...snapshot, [part]: wrong })).toThrow(
                    expect.objectContaining({ name: 'ParametersError' }),
                  );
              expect(other.step).toBe(6);
            },
            { objective },
          );
          const reference = createReferenceTrainer(vaeModel({ ...smallConfig, objective }));
          reference.writeSnapshot(snapshot);
          expectSame(await reference.train(3), onwards, 3);
        },
        { objective },
      ),
    );

    test.each([
      { only: 'vae', learns: ['encoder', 'decoder'], others: ['discriminator'] },
      { only: 'discriminator', learns: ['discriminator'], others: ['encoder', 'decoder'] },
    ] as const)('a step of $only only leaves the other player as it is', ({ only, learns, others }) =>
      withTrainer(async (trainer) => {
        const reference = createReferenceTrainer(vaeModel(smallConfig));
        for (const each of [trainer, reference]) await each.train(2);
        const before = await trainer.readSnapshot();
        const rows = await trainer.train(3, only);
        const after = await trainer.readSnapshot();
        expect(after.step).toBe(5);
        for (const part of ['parameters', 'firstMoments', 'secondMoments'] as const)
          expect(changed(before[part], after[part])).toEqual(learns);
        expectSame(rows, await reference.train(3, only), 3);
        // The next whole step counts the updates that each has made.
        const onwards = await trainer.train(2);
        expectSame(onwards, await reference.train(2), 3);
        expectSameTensors(await trainer.readParameters(), await reference.readParameters(), 4);
        await withTrainer(async (other) => {
          other.writeSnapshot(after);
          expect(await other.readSnapshot()).toEqual(after);
          expect(await other.train(2)).toEqual(onwards);
          // Without what rested, the count of updates of the player that rested would be another.
          other.writeSnapshot({ ...after, rests: {} });
          await other.train(2);
          const counted = await other.readParameters();
          expect(changed(counted, await trainer.readParameters())).toEqual(
            expect.arrayContaining([...others]),
          );
        });
      }),
    );

    test('a step of one player only draws what a whole step draws, given or not', () =>
      withTrainer(async (trainer) => {
        const drawn = [await trainer.train(1, 'discriminator'), await trainer.train(1)];
        const whole = initialParameters(smallConfig.seed);
        trainer.writeParameters(whole);
        // Nothing of the step before is left: what rested is forgotten too.
        expect((await trainer.readSnapshot()).rests).toEqual({});
        expectSame(await trainer.trainOn(inputsOf(0), 'discriminator'), drawn[0], 4);
        expectSame(await trainer.trainOn(inputsOf(1)), drawn[1], 4);
        trainer.writeParameters(whole);
        // Losses are those before an update: the first row is that of a whole step, but for the second batch's
        // codes.
        const row = await trainer.train(1);
        for (const metric of ['reconstruction', 'kl', 'totalCorrelation'] as const)
          expect(row[metricIndex(metric)]).toBe(drawn[0][metricIndex(metric)]);
      }));

    test('a player that the model has not is refused by name', () =>
      withTrainer(
        async (trainer) => {
          const name = 'PlayerError';
          await expect(trainer.train(1, 'discriminator')).rejects.toMatchObject({ name });
          expect(trainer.step).toBe(0);
        },
        { objective: 'betaVae', beta: 4 },
      ));

    test('restore goes back to the parameters and step kept, with fresh optimisers', () =>
      withTrainer(async (trainer) => {
        expect(() => trainer.restore()).toThrow(expect.objectContaining({ name: 'NothingKeptError' }));
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

    test('a state with a number that is not finite is neither kept nor frozen', () =>
      withTrainer(async (trainer) => {
        await trainer.train(1);
        expect(await trainer.keep()).toBe(true);
        const good = await trainer.readParameters();
        trainer.setLive({ ...liveSettingsOf(smallConfig), learningRate: 1e30 });
        const rows = await trainer.train(3);
        expect(rows.every(Number.isFinite)).toBe(false);
        expect(await trainer.keep()).toBe(false);
        await expect(trainer.freezeEncoder()).rejects.toMatchObject({ name: 'NotFiniteError' });
        trainer.restore();
        expect(await trainer.readParameters()).toEqual(good);
      }));

    test('after dispose every call is refused by name', () =>
      withTrainer(async (trainer) => {
        trainer.dispose();
        trainer.dispose();
        const name = 'TrainerDisposedError';
        const none = new Float32Array(0);
        for (const call of [
          () => trainer.train(1),
          () => trainer.trainOn(inputsOf(0)),
          () => trainer.encode(none),
          () => trainer.decode(none),
          () => trainer.discriminate(none),
          () => trainer.freezeEncoder(),
          () => trainer.encodeFrozen(none),
          () => trainer.readParameters(),
          () => trainer.readSnapshot(),
          () => trainer.keep(),
        ])
          await expect(call()).rejects.toMatchObject({ name });
        expect(() => trainer.restore()).toThrow(expect.objectContaining({ name }));
        expect(() => trainer.writeParameters(new Map())).toThrow(expect.objectContaining({ name }));
      }));
  });
}

function initialParameters(seed: number): NamedTensors {
  return initialTensors(vaeLayers(smallConfig), seed);
}

/** What a step of `smallConfig` draws. */
function inputsOf(step: number): StepInputs {
  const { seed, batchSize, latents } = smallConfig;
  const codes = batchSize * latents;
  return {
    batch1: drawnImages(batchSize, streams.batch1, step),
    batch2: drawnImages(batchSize, streams.batch2, step),
    noise1: normals(seed, streams.noise1, step, codes),
    noise2: normals(seed, streams.noise2, step, codes),
    permutation: permutations(seed, streams.permutation, step, latents, batchSize),
  };
}

function drawnImages(count: number, stream: 1 | 2 | 6 = streams.preview, step = 0): Float32Array {
  const source = imagesOf(smallConfig);
  const images = new Float32Array(count * source.imageLength);
  source.drawBatch(smallConfig.seed, stream, step, count, images);
  return images;
}

/** Tensors that lack one, or have it in another shape or length. */
function wrongTensors(right: NamedTensors): NamedTensors[] {
  const name = 'encoder.dense.bias';
  const missing = new Map(right);
  missing.delete(name);
  const { denseWidth } = smallConfig;
  return [
    missing,
    new Map(right).set(name, { shape: [3], data: new Float32Array(3) }),
    new Map(right).set(name, { shape: [denseWidth], data: new Float32Array(denseWidth - 1) }),
  ];
}

/** Networks of which a number differs. */
function changed(before: NamedTensors, after: NamedTensors): string[] {
  return ['encoder', 'decoder', 'discriminator'].filter((network) =>
    [...before].some(
      ([name, { data }]) =>
        name.startsWith(network) && data.some((value, i) => value !== after.get(name)?.data[i]),
    ),
  );
}
