import { expect, test } from 'vitest';
import { liveSettingsOf } from '../config/schema.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { expectSame } from './expectSame.ts';
import { initialParameters, inputsOf, smallConfig, type WithTrainer, wrongTensors } from './smallRun.ts';

/** What a run gives out and takes back: parameters, snapshots, what is kept, and its end. */
export function testState(withTrainer: WithTrainer): void {
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
}
