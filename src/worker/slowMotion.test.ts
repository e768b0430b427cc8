import { expect, test } from 'vitest';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { config, type MakeTrainer, nextTask, open, until } from './lockstep.fixture.ts';
import { Lockstep } from './lockstep.ts';

const onReference: MakeTrainer = async (runConfig) => createReferenceTrainer(vaeModel(runConfig));

async function opened() {
  const session = open(new Lockstep(nextTask), onReference);
  await session.configure({ config, engine: 'wasm' });
  await session.step({});
  return session;
}

test('slow motion lets a measurement finish first: a step would hold it up for seconds', async () => {
  const session = await opened();
  await session.setSpeed({ stepsPerSecond: 'stages' });
  await session.evaluate({});
  await session.run({});
  await until(() => session.of('stage').length > 0);
  expect(session.of('evaluation').map(({ evaluation }) => evaluation.step)).toEqual([1]);
  await session.pause({});
  expect(session.state().step).toBe(2);
});

test('a setting that is moved during a stage acts from the next step on, as without slow motion', async () => {
  const slow = await opened();
  await slow.setSpeed({ stepsPerSecond: 'stages' });
  await slow.run({});
  await until(() => slow.of('stage').length > 0);
  const moved = slow.setLive({ gamma: 40 });
  await slow.pause({});
  expect((await moved).changes).toMatchObject([{ key: 'gamma', step: 3 }]);
  await slow.step({});

  const usual = await opened();
  await usual.step({});
  await usual.setLive({ gamma: 40 });
  await usual.step({});
  expect(slow.rows()).toEqual(usual.rows());
  expect(await slow.weights()).toEqual(await usual.weights());
});
