import { beforeAll, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../cli/webgpuDriver.ts';
import type { RunConfig } from '../config/schema.ts';
import { metricIndex } from '../families/vae/columns.ts';
import {
  config,
  cpu,
  type MakeTrainer,
  nextTask,
  open,
  openPair,
  planOn,
  reach,
  wasm,
} from './lockstep.fixture.ts';
import { Lockstep } from './lockstep.ts';

let plan: MakeTrainer;
/** For as long as the tests take: the driver goes with it. */
let webgpu: NodeWebGpu;
beforeAll(async () => {
  webgpu = await openNodeWebGpu('swiftshader');
  plan = await planOn(webgpu);
});

describe.each([
  ['tfjs on cpu', (runConfig: RunConfig) => cpu(runConfig)],
  ['tfjs on wasm', (runConfig: RunConfig) => wasm(runConfig)],
  ['the plan', (runConfig: RunConfig) => plan(runConfig)],
])('a run that makes another one’s moves: %s', (_, createTrainer) => {
  test('the same to the last bit, again after a reset, until a person steers', async () => {
    const lockstep = new Lockstep(nextTask);
    const steered = open(lockstep, createTrainer);
    await steered.configure({ config, engine: 'tfjs-cpu' });
    const move = async (gamma: number, gesture: number) =>
      steered.setLive({ gamma, gestures: { gamma: gesture } });
    for (let i = 0; i < 3; i++) await steered.step({});
    await move(60, 0);
    await steered.step({});
    await move(80, 0);
    await steered.step({});
    await steered.step({});
    await move(5, 1);
    for (let i = 0; i < 4; i++) await steered.step({});
    const replay = steered.of('liveChange').map(({ change: { from: _, ...change } }) => change);
    expect(replay.map(({ step }) => step)).toEqual([4, 5, 7]);

    const replayed = open(new Lockstep(nextTask), createTrainer);
    await replayed.configure({ config, engine: 'tfjs-cpu', replay });
    for (let round = 0; round < 2; round++) {
      await replayed.run({});
      await reach(replayed, 10);
      await replayed.pause({});
      expect(replayed.rows().slice(0, 10)).toEqual(steered.rows());
      expect(replayed.of('liveChange').slice(-3)).toEqual(steered.of('liveChange'));
      await replayed.reset({});
    }
    await replayed.setLive({ gamma: 7 });
    await replayed.step({});
    await replayed.reset({});
    for (let i = 0; i < 5; i++) await replayed.step({});
    expect(new Set(replayed.rows().map(({ row }) => row[metricIndex('gamma')]))).toEqual(new Set([7]));
  });

  test('steps of one player only are moves: replayed at their steps to the same weights, refused where a side has none', async () => {
    const steered = open(new Lockstep(nextTask), createTrainer);
    await steered.configure({ config, engine: 'tfjs-cpu' });
    await steered.step({});
    await steered.step({ only: 'discriminator' });
    await steered.step({ only: 'discriminator' });
    await steered.setLive({ gamma: 60 });
    await steered.step({ only: 'vae' });
    for (let i = 0; i < 4; i++) await steered.step({});
    expect(steered.of('loneSteps').map(({ lone }) => lone)).toEqual([
      { step: 2, player: 'discriminator', steps: 1 },
      { step: 3, player: 'discriminator', steps: 1 },
      { step: 4, player: 'vae', steps: 1 },
    ]);

    const replayed = open(new Lockstep(nextTask), createTrainer);
    const replay = [
      { step: 2, player: 'discriminator', steps: 2 },
      { step: 4, key: 'gamma', to: 60 },
      { step: 4, player: 'vae', steps: 1 },
    ] as const;
    await replayed.configure({ config, engine: 'tfjs-cpu', replay });
    await replayed.run({});
    await reach(replayed, 8);
    await replayed.pause({});
    expect(replayed.rows().slice(0, 8)).toEqual(steered.rows());
    await replayed.reset({});
    for (let i = 0; i < 8; i++) await replayed.step({});
    expect(await replayed.weights()).toEqual(await steered.weights());
    // Another move than the replay's takes over: whole steps from there on.
    await replayed.reset({});
    await replayed.step({ only: 'vae' });
    for (let i = 0; i < 3; i++) await replayed.step({});
    expect(replayed.of('loneSteps').at(-1)?.lone).toEqual({ step: 1, player: 'vae', steps: 1 });

    const [a, b] = await openPair(createTrainer, { objective: 'betaVae', beta: 4 });
    await expect(a.step({ only: 'discriminator' })).rejects.toMatchObject({ name: 'PlayerError' });
    expect([a.state().step, b.state().step]).toEqual([0, 0]);
    const [c, d] = await openPair(createTrainer, { gamma: 90 });
    await d.step({ only: 'vae' });
    expect([c, d].map((side) => side.of('loneSteps').length)).toEqual([1, 1]);
  });
});
