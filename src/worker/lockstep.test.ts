import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type NodeWebGpu, openNodeWebGpu } from '../../cli/webgpuDriver.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createPlanTrainer } from '../engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../engines/webgpu/requestDevice.ts';
import { AppError } from '../errors.ts';
import { metricIndex } from '../families/vae/columns.ts';
import { vaeModel } from '../families/vae/model.ts';
import { errorReport } from '../report.ts';
import {
  config,
  cpu,
  type MakeTrainer,
  nextTask,
  type Opened,
  open,
  openPair,
  planOn,
  reach,
  until,
  wasm,
} from './lockstep.fixture.ts';
import { Lockstep } from './lockstep.ts';

const lostAt = (rescuedStep: number) =>
  errorReport('EngineFailedError', { problem: errorReport('WebGpuLostError'), rescuedStep });

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
])('two runs side by side: %s', (_, createTrainer) => {
  test('stand at the same step whenever they stop, and never more than a block apart', async () => {
    const trainers: Trainer[] = [];
    let blocks = 0;
    const watched: MakeTrainer = async (runConfig) => {
      const trainer = await createTrainer(runConfig);
      trainers.push(trainer);
      const train = trainer.train.bind(trainer);
      trainer.train = (steps) => {
        blocks++;
        // Whoever is given a block is not ahead of the other.
        expect(trainer.step).toBe(Math.min(...trainers.map(({ step }) => step)));
        return train(steps);
      };
      return trainer;
    };
    const [a, b] = await openPair(watched, { gamma: 40 });
    await a.run({});
    await reach(a, 12);
    await b.pause({});
    const stopped = a.state().step;
    expect(stopped).toBeGreaterThanOrEqual(12);
    expect(b.state()).toMatchObject({ phase: 'paused', step: stopped });
    expect(a.state().phase).toBe('paused');
    expect(blocks).toBeGreaterThan(3);
    for (const { rows } of [a, b])
      expect(rows().map(({ step }) => step)).toEqual(Array.from({ length: stopped }, (_, i) => i + 1));
    expect(await a.step({})).toEqual({ step: stopped + 1 });
    expect(b.state().step).toBe(stopped + 1);
    expect(a.of('pictures').at(-1)?.pictures.step).toBe(stopped + 1);
    expect(b.of('pictures').at(-1)?.pictures.step).toBe(stopped + 1);
    await b.reset({});
    for (const side of [a, b]) {
      expect(side.state()).toMatchObject({ phase: 'paused', step: 0 });
      expect(side.of('restarted')).not.toHaveLength(0);
    }
  });

  test('with equal settings do the same to the last bit, and what the run does alone', async () => {
    const [a, b] = await openPair(createTrainer, {});
    await a.run({});
    await reach(a, 9);
    await a.pause({});
    const { step } = a.state();
    const alone = open(new Lockstep(nextTask), createTrainer);
    await alone.configure({ config, engine: 'tfjs-cpu' });
    for (let i = 0; i < step; i++) await alone.step({});
    expect(a.rows()).toHaveLength(step);
    expect(b.rows()).toEqual(a.rows());
    expect(alone.rows()).toEqual(a.rows());
    expect(await b.weights()).toEqual(await a.weights());
    expect(await alone.weights()).toEqual(await a.weights());
  });

  test('with another gamma differ in what gamma does, and see the same batches and noise', async () => {
    const [a, b] = await openPair(createTrainer, { gamma: 90 });
    for (let i = 0; i < 3; i++) await a.step({});
    const column = (side: Opened, name: 'reconstruction' | 'kl' | 'totalCorrelation' | 'gamma') =>
      side.rows().map(({ row }) => row[metricIndex(name)]);
    expect(column(a, 'gamma')).toEqual([10, 10, 10]);
    expect(column(b, 'gamma')).toEqual([90, 90, 90]);
    for (const name of ['reconstruction', 'kl', 'totalCorrelation'] as const) {
      // Gamma acts on the update: what the first step measures, on its batch and with its noise, is the same.
      expect(column(b, name)[0]).toBe(column(a, name)[0]);
      expect(column(b, name)[1]).not.toBe(column(a, name)[1]);
    }
    const [left, right] = [a, b].map((side) => side.of('pictures').at(-1)?.pictures.inputs);
    expect(left).toEqual(right);
  });

  test('one may be a beta-VAE: the first step reconstructs the same, and the rate is shared', async () => {
    const [a, b] = await openPair(createTrainer, { objective: 'betaVae', beta: 4 });
    await b.step({});
    const [first, second] = [a, b].map((side) => side.rows()[0].row);
    expect(second[metricIndex('reconstruction')]).toBe(first[metricIndex('reconstruction')]);
    expect(second[metricIndex('totalCorrelation')]).toBeNaN();
    await a.setLive({ learningRate: 2e-3 });
    expect(b.state().live?.learningRate).toBe(2e-3);
    expect(
      [a, b].map((side) => side.of('liveChange').map(({ change }) => [change.key, change.step])),
    ).toEqual([[['learningRate', 2]], [['learningRate', 2]]]);
  });
});

describe('side by side', () => {
  let [a, b]: readonly Opened[] = [];
  beforeEach(async () => {
    [a, b] = await openPair(cpu, { gamma: 40 });
  });

  test('a change names the gesture that made it, to all whom it reaches', async () => {
    await a.setLive({ gamma: 77, learningRate: 2e-3, gestures: { gamma: 4, learningRate: 5 } });
    const told = [a, b].map((side) =>
      side.of('liveChange').map(({ change: { key, gesture } }) => [key, gesture]),
    );
    expect(told).toEqual([
      [
        ['gamma', 4],
        ['learningRate', 5],
      ],
      [['learningRate', 5]],
    ]);
  });

  test('gamma and beta are each side’s own', async () => {
    await a.setLive({ gamma: 77, beta: 2 });
    expect(a.state().live).toMatchObject({ gamma: 77, beta: 2 });
    expect(b.state().live).toMatchObject({ gamma: 40, beta: config.beta });
    expect(b.of('liveChange')).toEqual([]);
    await a.step({});
    expect(a.rows()[0].row[metricIndex('gamma')]).toBe(77);
    expect(b.rows()[0].row[metricIndex('gamma')]).toBe(40);
  });

  test('nothing trains until both are ready, and a new run of one takes the other to its start', async () => {
    await a.step({});
    const preparing = b.configure({ config: { ...config, gamma: 3 }, engine: 'tfjs-cpu' });
    expect(a.state().phase).toBe('held');
    await expect((async () => a.run({}))()).rejects.toMatchObject({ name: 'WrongStateError' });
    await expect((async () => a.step({}))()).rejects.toMatchObject({ name: 'WrongStateError' });
    await preparing;
    for (const side of [a, b]) expect(side.state()).toMatchObject({ phase: 'paused', step: 0 });
    expect(a.of('restarted')).toHaveLength(2);
  });

  test('a new run of one while both train stops the other at whole steps of its own', async () => {
    await a.run({});
    await reach(a, 4);
    await b.configure({ config, engine: 'tfjs-cpu' });
    expect(a.state()).toMatchObject({ phase: 'paused', step: 0 });
    await a.step({});
    expect(a.rows().map(({ step }) => step)).toEqual([1]);
  });

  test('runs that begin at different steps are held', async () => {
    await a.step({});
    const { bytes } = await a.checkpoint({});
    await b.configure({ config, engine: 'tfjs-cpu', checkpoint: bytes });
    expect(a.state()).toMatchObject({ phase: 'held', step: 0 });
    expect(b.state()).toMatchObject({ phase: 'held', step: 1 });
    await expect((async () => b.step({}))()).rejects.toThrow(/same step/);
    await a.configure({ config, engine: 'tfjs-cpu', checkpoint: bytes });
    for (const side of [a, b]) expect(side.state()).toMatchObject({ phase: 'paused', step: 1 });
    expect(await b.step({})).toEqual({ step: 2 });
  });

  test('a side that diverges stops both; the other can go on alone', async () => {
    await b.setLive({ beta: 100 });
    await b.setLive({ learningRate: 1 });
    await a.run({});
    await until(() => a.state().phase !== 'running');
    const [bad, good] = a.state().phase === 'diverged' ? [a, b] : [b, a];
    expect(bad.state().phase).toBe('diverged');
    expect(bad.of('error')[0].error.code).toBe('DivergedError.afterChange');
    expect(good.state().phase).toBe('held');
    expect(good.of('error')).toEqual([]);
    await expect((async () => good.run({}))()).rejects.toMatchObject({ name: 'WrongStateError' });
    // Every step that it did has its numbers, and it goes on from there.
    const { step } = good.state();
    expect(good.rows().at(-1)?.step).toBe(step);
    await bad.leave({});
    expect(good.state()).toMatchObject({ phase: 'paused', step });
    expect(await good.step({})).toEqual({ step: step + 1 });
  }, 120_000);

  test('both can be reset after a divergence of one', async () => {
    await b.setLive({ beta: 100, learningRate: 1 });
    await a.run({});
    await until(() => a.state().phase !== 'running');
    await a.setLive({ learningRate: 1e-3 });
    await a.reset({});
    for (const side of [a, b]) expect(side.state()).toMatchObject({ phase: 'paused', step: 0 });
    expect(await a.step({})).toEqual({ step: 1 });
  }, 120_000);

  test('both are measured at the same step, by hand and when it is due', async () => {
    await a.setEvaluateEvery({ steps: 4 });
    await b.run({});
    await until(() => a.of('evaluation').length > 0 && b.of('evaluation').length > 0);
    await b.pause({});
    expect([a, b].map((side) => side.of('evaluation')[0].evaluation.step)).toEqual([4, 4]);
    await b.setEvaluateEvery({ steps: null });
    await a.cancelEvaluation({});
    const before = [a, b].map((side) => side.of('evaluation').length);
    const { step } = await b.evaluate({});
    await expect(a.evaluate({})).rejects.toMatchObject({ name: 'EvaluationUnderWayError' });
    await until(() => [a, b].every((side, i) => side.of('evaluation').length > before[i]));
    for (const side of [a, b]) expect(side.of('evaluation').at(-1)?.evaluation.step).toBe(step);
  }, 60_000);

  test('a base image is both sides’', async () => {
    await a.setTraversalBase({ factors: [2, 1, 0, 3, 1] });
    for (const side of [a, b])
      expect(side.of('pictures').at(-1)?.pictures.base.factors).toEqual([2, 1, 0, 3, 1]);
  });

  test('pressing pause and run in quick succession leaves one loop, at the speed that was asked for', async () => {
    await a.setSpeed({ stepsPerSecond: 5 });
    await a.run({});
    for (let i = 0; i < 4; i++) {
      await a.pause({});
      await a.run({});
    }
    const { step } = a.state();
    const start = performance.now();
    await reach(a, step + 4);
    expect(performance.now() - start).toBeGreaterThan(500);
    await a.pause({});
  });
});

test('the device of both plans lost: both fail by name', async () => {
  const adapter = await webgpu.gpu.requestAdapter();
  if (!adapter) throw new Error('The adapter is gone.');
  const device = await requestPlanDevice(adapter);
  const runsOn = { engine: 'webgpu', adapter: webgpu.name, software: true } as const;
  const [a, b] = await openPair((runConfig) => createPlanTrainer(vaeModel(runConfig), device, runsOn), {
    gamma: 40,
  });
  await a.run({});
  await reach(a, 2);
  device.destroy();
  await until(() => a.state().phase === 'failed' && b.state().phase === 'failed');
  for (const side of [a, b]) expect(side.of('error')[0].error).toEqual(lostAt(0));
  // The weights copied last outlive it, of either.
  expect((await b.weights()).step).toBe('0');
}, 60_000);

test('a GPU lost under both: both fail by name, and can be made anew', async () => {
  let lost = false;
  const lossy: MakeTrainer = async (runConfig) => {
    const trainer = await cpu(runConfig);
    const train = trainer.train.bind(trainer);
    trainer.train = (steps) => (lost ? Promise.reject(new AppError('WebGpuLostError')) : train(steps));
    return trainer;
  };
  const [a, b] = await openPair(lossy, { gamma: 40 });
  await a.run({});
  await reach(a, 3);
  lost = true;
  await until(() => a.state().phase !== 'running');
  expect(a.state().phase).toBe('failed');
  // Its own block was refused as well: it finds out when it takes its numbers.
  await until(() => b.state().phase === 'failed');
  expect(b.of('error')[0].error).toEqual(lostAt(0));
  lost = false;
  await a.configure({ config, engine: 'tfjs-cpu' });
  expect(a.state().phase).toBe('held');
  await b.configure({ config, engine: 'tfjs-cpu' });
  expect(await a.step({})).toEqual({ step: 1 });
});
