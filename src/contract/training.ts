import { expect, test } from 'vitest';
import { liveSettingsOf, type RunConfig } from '../config/schema.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { metricIndex, vaeColumns } from '../families/vae/columns.ts';
import { vaeModel } from '../families/vae/model.ts';
import { columnNames } from '../model/columns.ts';
import type { NamedTensors } from '../model/parameters.ts';
import { expectSame, expectSameTensors } from './expectSame.ts';
import { changed, initialParameters, inputsOf, smallConfig, type WithTrainer } from './smallRun.ts';

const width = vaeColumns(smallConfig).length;

/**
 * Sizes at the edges of what is allowed: one convolution and five, colour, one latent, a discriminator of one
 * layer.
 */
const odd: readonly Partial<RunConfig>[] = [
  { imageSize: 18, convWidths: [3], channels: 3, discriminatorDepth: 1 },
  { imageSize: 32, convWidths: [2, 3, 4, 5, 6], batchSize: 2, latents: 1, permutedBatch: 'first' },
  { denseWidth: 1, discriminatorWidth: 1, discriminatorDepth: 3, batchSize: 17 },
];

/** How a run trains: from its first parameters on, by its seed, its live settings and its objective. */
export function testTraining(withTrainer: WithTrainer): void {
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
    expect(await rowsOf([6], { seed: 1 })).not.toEqual(once);
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
    expect(changed(found[0], found[1])).toEqual(['encoder']);
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
}
