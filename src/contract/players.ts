import { expect, test } from 'vitest';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { metricIndex } from '../families/vae/columns.ts';
import { vaeModel } from '../families/vae/model.ts';
import { expectSame, expectSameTensors } from './expectSame.ts';
import { changed, initialParameters, inputsOf, smallConfig, type WithTrainer } from './smallRun.ts';

/** Steps of one player only. */
export function testPlayers(withTrainer: WithTrainer): void {
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
        expect(changed(counted, await trainer.readParameters())).toEqual(expect.arrayContaining([...others]));
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

  test.each([null, 'discriminator'])('a step by its stages is the step (only: %s)', (only) =>
    withTrainer(async (trainer) => {
      const rows = [await trainer.train(1), await trainer.train(1, only), await trainer.train(1)];
      const parameters = await trainer.readParameters();
      trainer.writeParameters(initialParameters(smallConfig.seed));
      const seen: (string | undefined)[] = [];
      const again = [
        await trainer.train(1),
        await trainer.trainByStages(only, async (stage) => {
          seen.push(trainer.stages?.at(stage)?.name);
        }),
        await trainer.train(1),
      ];
      expect(again).toEqual(rows);
      expect(await trainer.readParameters()).toEqual(parameters);
      expect(seen).toEqual(trainer.stages?.map(({ name }) => name) ?? []);
    }),
  );

  test('a player that the model has not is refused by name', () =>
    withTrainer(
      async (trainer) => {
        const name = 'PlayerError';
        await expect(trainer.train(1, 'discriminator')).rejects.toMatchObject({ name });
        expect(trainer.step).toBe(0);
      },
      { objective: 'betaVae', beta: 4 },
    ));
}
