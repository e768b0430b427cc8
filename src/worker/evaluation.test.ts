import { beforeEach, describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import { emptyShelf, openImages } from '../data/own/opened.ts';
import { someImages } from '../data/own/someImages.fixture.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { evaluateModel, liveBudget } from '../metrics/evaluateModel.ts';
import { knownShares, knownSharesImages } from '../metrics/knownShares.ts';
import { Work } from '../metrics/work.ts';
import type { EvaluationActivity, Knowledge, LiveEvaluation } from '../protocol/evaluation.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { EncoderSource } from '../run/encoderSource.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

/** A grid of 96 images. */
const config: RunConfig = {
  ...smallRun,
  factors: { shape: 3, scale: 2, orientation: 1, posX: 4, posY: 4 },
};
const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));
const createTrainer = async (runConfig: RunConfig) =>
  createTfjsTrainer(runConfig, await startTfjs('tfjs-cpu'));

function open(create: (config: RunConfig) => Promise<Trainer> = createTrainer) {
  const events: WorkerEvent[] = [];
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: (_, runConfig) => create(runConfig),
  });
  const { handlers } = new TrainingSession(factory, new Lockstep(nextTask), (event) => events.push(event));
  const records = (): LiveEvaluation[] =>
    events.flatMap((event) => (event.type === 'evaluation' ? [event.evaluation] : []));
  const estimates = () => events.flatMap((event) => (event.type === 'estimates' ? [event.estimates] : []));
  const activities = (): EvaluationActivity[] =>
    events.flatMap((event) => (event.type === 'evaluationActivity' ? [event.activity] : []));
  const knowledge = (): Knowledge[] =>
    events.flatMap((event) => (event.type === 'knowledge' ? [event.knowledge] : []));
  const stepsDone = () =>
    events.reduce((latest, event) => (event.type === 'state' ? event.state.step : latest), 0);
  async function until(condition: () => boolean) {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return { ...handlers, records, estimates, activities, knowledge, stepsDone, until };
}

/** What two measurements of one model share. */
const scoresOf = ({ milliseconds, ...scores }: LiveEvaluation) => scores;

describe('measuring the model', () => {
  let session: ReturnType<typeof open>;
  beforeEach(async () => {
    session = open();
    await session.configure({ config, engine: 'tfjs-cpu' });
  });

  test('of images whose factors nobody knows gives what needs none', async () => {
    const data = { hash: 'e'.repeat(32), name: 'noise', count: 40, seed: null };
    const own = { ...config, dataset: 'own', data } as const;
    await openImages(own, { open: async () => someImages(16, 1, 8, 40) });
    const { known, factors, imageCount } = await session.configure({ config: own, engine: 'tfjs-cpu' });
    expect([known, factors, imageCount]).toEqual([null, null, 40]);
    await session.step({});
    await session.evaluate({});
    await session.until(() => session.estimates().length > 0);
    const [{ step, totalCorrelation, active }] = session.estimates();
    expect([step, active.length]).toEqual([1, config.latents]);
    expect(Object.values(totalCorrelation).every(Number.isFinite)).toBe(true);
    expect(session.records()).toEqual([]);
  });

  test('gives what the pure measures give for the same model', async () => {
    for (let i = 0; i < 3; i++) await session.step({});
    expect(await session.evaluate({})).toEqual({ step: 3 });
    await session.until(() => session.records().length > 0);
    const [record] = session.records();

    const trainer = await createTrainer(config);
    await trainer.train(3);
    await trainer.freezeEncoder();
    const source = new EncoderSource(config, { encode: (images) => trainer.encodeFrozen(images) });
    const expected = await evaluateModel(
      source,
      { seed: config.seed, budget: liveBudget(source.factorSizes) },
      new Work(),
    );
    trainer.dispose();
    expect(record).toMatchObject({
      step: 3,
      images: 96,
      mig: expected.mig,
      sapContinuous: expected.sapContinuous,
      mutualInformation: expected.mutualInformation,
      totalCorrelation: expected.totalCorrelation,
      active: expected.active,
      dci: expected.dci,
    });
    expect(record.factorVae).toEqual(expected.factorVae);
    expect(session.activities()[0]).toEqual({ state: 'measuring', step: 3, fraction: 0 });
    expect(session.activities().at(-1)).toEqual({ state: 'idle' });
  });

  test('every few steps, exactly at them, of one step’s parameters though training goes on', async () => {
    await session.setEvaluateEvery({ steps: 4 });
    await session.run({});
    await session.until(() => session.records().length > 1);
    await session.pause({});
    const [first, second] = session.records();
    expect(first.step).toBe(4);
    expect(second.step % 4).toBe(0);
    expect(second.step).toBeGreaterThan(4);
    expect(session.stepsDone()).toBeGreaterThan(second.step);

    const again = open();
    await again.configure({ config, engine: 'tfjs-cpu' });
    for (let i = 0; i < 4; i++) await again.step({});
    await again.evaluate({});
    await again.until(() => again.records().length > 0);
    expect(scoresOf(again.records()[0])).toEqual(scoresOf(first));
  });

  test('goes on by single steps, and stops when told to', async () => {
    await session.setEvaluateEvery({ steps: 2 });
    for (let i = 0; i < 2; i++) await session.step({});
    await session.until(() => session.records().length > 0);
    expect(session.records()[0].step).toBe(2);
    await session.setEvaluateEvery({ steps: null });
    for (let i = 0; i < 2; i++) await session.step({});
    expect(session.activities().at(-1)).toEqual({ state: 'idle' });
    await expect((async () => session.setEvaluateEvery({ steps: 0.5 }))()).rejects.toMatchObject({
      name: 'InvalidSettingError',
    });
  });

  test('one at a time; a cancelled one is not heard of again', async () => {
    await session.evaluate({});
    await expect(session.evaluate({})).rejects.toMatchObject({ name: 'EvaluationUnderWayError' });
    await session.cancelEvaluation({});
    expect(session.activities().at(-1)).toEqual({ state: 'cancelled', step: 0 });
    await session.cancelEvaluation({});
    await session.evaluate({});
    await session.until(() => session.records().length > 0);
    expect(session.activities().filter(({ state }) => state === 'cancelled')).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(session.records()).toHaveLength(1);
  });

  test('a reset or a new run abandons it', async () => {
    for (const abandon of [
      () => session.reset({}),
      () => session.configure({ config: { ...config, latents: 2 }, engine: 'tfjs-cpu' }),
    ]) {
      await session.step({});
      await session.evaluate({});
      await abandon();
      expect(session.activities().at(-1)).toEqual({ state: 'idle' });
    }
    await session.evaluate({});
    await session.until(() => session.records().length > 0);
    const [record] = session.records();
    expect(session.records()).toHaveLength(1);
    expect(record.active).toHaveLength(2);
  });

  test('needs a run; a grid in which nothing varies is named', async () => {
    await expect(open().evaluate({})).rejects.toMatchObject({ name: 'WrongStateError' });
    const fixed = { shape: 1, scale: 1, orientation: 1, posX: 1, posY: 1 };
    await session.configure({ config: { ...config, factors: fixed }, engine: 'tfjs-cpu' });
    await session.evaluate({});
    await session.until(() => session.activities().at(-1)?.state === 'failed');
    expect(session.activities().at(-1)).toMatchObject({ error: { code: 'NoVaryingFactorError' } });
  });

  test('a model without an encoder says that it has none, and is not measured', async () => {
    const blind = open(async (runConfig) => {
      const model = vaeModel(runConfig);
      const can = { ...model.can, encode: false, reconstruct: false };
      return createReferenceTrainer({ ...model, can, plan: { ...model.plan, encode: null } });
    });
    const info = await blind.configure({ config, engine: 'tfjs-cpu' });
    expect(info.can).toEqual({
      encode: false,
      reconstruct: false,
      traverse: true,
      discriminate: true,
      reach: 3,
      generate: null,
    });
    await expect(blind.evaluate({})).rejects.toMatchObject({ name: 'CannotError' });
    // What falls due by itself ends by the same name, and training goes on.
    await blind.setEvaluateEvery({ steps: 2 });
    await blind.run({});
    await blind.until(() => blind.activities().at(-1)?.state === 'failed' && blind.stepsDone() > 4);
    await blind.pause({});
    expect(blind.activities().at(-1)).toMatchObject({ error: { code: 'CannotError.encode' } });
  });

  test('traces the codes of the base image along one factor', async () => {
    await session.setTraversalBase({ factors: [2, 1, 0, 3, 1] });
    const trace = await session.traceFactor({ factor: 3 });
    expect(trace).toMatchObject({ step: 0, factor: 3, base: 3 });
    expect(trace.mean).toHaveLength(4 * 3);
    for (const value of [0, 3]) {
      const { mean } = await session.encodeFactors({ factors: [2, 1, 0, value, 1] });
      expect(trace.mean.slice(3 * value, 3 * value + 3)).toEqual(mean);
    }
    await expect(session.traceFactor({ factor: 5 })).rejects.toMatchObject({ name: 'InvalidFactorsError' });
  });
});

describe('what latents know', () => {
  let session: ReturnType<typeof open>;
  beforeEach(async () => {
    session = open();
    await session.configure({ config, engine: 'tfjs-cpu' });
  });

  test('is told where training pauses, of that step, and unseen: no activity, no record', async () => {
    expect(session.knowledge()).toEqual([]);
    await session.step({});
    await session.step({});
    await session.until(() => session.knowledge().at(-1)?.step === 2);
    expect([session.records(), session.activities()]).toEqual([[], []]);

    const alone = await createTrainer(config);
    await alone.train(2);
    const source = new EncoderSource(config, { encode: (images) => alone.encode(images) });
    const sample = { seed: config.seed, images: knownSharesImages };
    expect(session.knowledge().at(-1)?.shares).toEqual(await knownShares(source, sample, new Work()));
  }, 60_000);

  test('is told beside training too', async () => {
    await session.run({});
    await session.until(() => session.knowledge().length > 0);
    expect(session.stepsDone()).toBeGreaterThan(0);
    await session.pause({});
  }, 60_000);

  test('gives way to a measurement that is asked for, and is not in its way', async () => {
    await session.step({});
    await session.evaluate({});
    await session.until(() => session.records().length > 0);
    expect(session.records().map(({ step }) => step)).toEqual([1]);
    expect(session.activities().at(-1)).toEqual({ state: 'idle' });
  }, 60_000);

  test('a reset takes it back: nothing is told of the run before', async () => {
    await session.step({});
    await session.reset({});
    const told = session.knowledge().length;
    await session.step({});
    await session.until(() => session.knowledge().length > told);
    expect(session.knowledge().at(-1)?.step).toBe(1);
  }, 60_000);
});
