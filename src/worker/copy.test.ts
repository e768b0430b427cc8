import { beforeEach, describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import { emptyShelf } from '../data/own/opened.ts';
import { startTfjs } from '../engines/tfjs/backends.ts';
import type { Trainer } from '../engines/trainer.ts';
import { AppError } from '../errors.ts';
import { createTfjsTrainer } from '../families/createTfjsTrainer.ts';
import { readCheckpoint, writeCheckpoint } from '../files/checkpoint.ts';
import { readSafetensors, writeSafetensors } from '../files/safetensors.ts';
import type { MetricsBatch } from '../model/columns.ts';
import type { SafetyCopy, WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { smallRun as config } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A Worker's sessions, all in one lockstep. */
function worker(spoil: (trainer: Trainer) => void = () => undefined) {
  const lockstep = new Lockstep(nextTask);
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    async createTrainer(_, runConfig) {
      const trainer = await createTfjsTrainer(runConfig, await startTfjs('tfjs-cpu'));
      spoil(trainer);
      return trainer;
    },
  });
  return () => {
    const events: WorkerEvent[] = [];
    const { handlers } = new TrainingSession(factory, lockstep, (event) => events.push(event));
    return {
      ...handlers,
      events,
      make: (own: Partial<RunConfig> = {}) =>
        handlers.configure({ config: { ...config, ...own }, engine: 'tfjs-cpu' }),
      async steps(count: number) {
        for (let i = 0; i < count; i++) await handlers.step({});
      },
      /** Steps whose metrics the page has, and the copies it has, in the order they came. */
      copies: (): SafetyCopy[] => events.flatMap((event) => (event.type === 'copy' ? [event.copy] : [])),
      batches: (): MetricsBatch[] =>
        events.flatMap((event) => (event.type === 'metrics' ? [event.batch] : [])),
      state: () => events.flatMap((event) => (event.type === 'state' ? [event.state] : [])).at(-1),
      weights: async () => Array.from((await handlers.exportWeights({})).bytes),
    };
  };
}
type OpenSession = ReturnType<ReturnType<typeof worker>>;

async function lastCopy(session: OpenSession): Promise<SafetyCopy> {
  await session.copy({});
  const copy = session.copies().at(-1);
  if (!copy) throw new Error('no copy came');
  return copy;
}

describe('a safety copy', () => {
  test('of a run that replays goes on with the moves that are left, and a reset begins them again', async () => {
    const replay = [
      { step: 2, key: 'gamma', to: 60 },
      { step: 5, key: 'gamma', to: 5 },
    ] as const;
    const open = worker();
    const first = open();
    await first.configure({ config, engine: 'tfjs-cpu', replay });
    await first.steps(3);
    const { bytes, elapsed } = await lastCopy(first);
    await first.steps(4);
    const expected = await first.weights();

    const second = worker()();
    await second.configure({
      config,
      engine: 'tfjs-cpu',
      replay,
      continued: { checkpoint: bytes, elapsed },
    });
    expect(second.state()?.live?.gamma).toBe(60);
    await second.steps(4);
    expect(await second.weights()).toEqual(expected);
    await second.reset({});
    expect(second.state()?.live?.gamma).toBe(config.gamma);
    await second.steps(7);
    expect(await second.weights()).toEqual(expected);
  });

  let lost: OpenSession;
  beforeEach(async () => {
    lost = worker()();
    await lost.make();
    await lost.steps(3);
  });

  test('goes on to the last bit as the run would have done, with its moved settings and time', async () => {
    await lost.setLive({ gamma: 44 });
    await lost.steps(1);
    const { step, elapsed, bytes } = await lastCopy(lost);
    expect(step).toBe(4);
    const next = worker()();
    const info = await next.configure({
      config,
      engine: 'tfjs-cpu',
      continued: { checkpoint: bytes, elapsed },
    });
    expect(info).toMatchObject({ startStep: 0, config: { gamma: 44 } });
    expect(next.state()).toMatchObject({ phase: 'paused', step: 4, elapsed });
    await next.steps(2);
    await lost.steps(2);
    expect(next.batches().map(({ firstStep }) => firstStep)).toEqual([5, 6]);
    expect(next.batches().at(-1)?.rows).toEqual(lost.batches().at(-1)?.rows);
    expect(await next.weights()).toEqual(await lost.weights());
  });

  test('of a fork goes on too, and a reset leads to where the fork began', async () => {
    const { bytes: checkpoint } = await lost.checkpoint({});
    const fork = worker()();
    await fork.configure({ config, engine: 'tfjs-cpu', checkpoint });
    const before = await fork.weights();
    await fork.steps(2);
    const { bytes, elapsed } = await lastCopy(fork);
    const next = worker()();
    const request = {
      config,
      engine: 'tfjs-cpu',
      checkpoint,
      continued: { checkpoint: bytes, elapsed },
    } as const;
    expect((await next.configure(request)).startStep).toBe(3);
    expect(next.state()?.step).toBe(5);
    await next.reset({});
    expect(await next.weights()).toEqual(before);
  });

  test('can be made while the run trains, and comes after the metrics of its steps', async () => {
    await lost.run({});
    for (let i = 0; i < 3; i++) await lost.copy({});
    await lost.pause({});
    expect(lost.copies().length).toBeGreaterThan(0);
    for (const copy of lost.copies()) {
      const before = lost.events.slice(
        0,
        lost.events.findIndex((e) => e.type === 'copy' && e.copy === copy),
      );
      const known = before.flatMap((e) => (e.type === 'metrics' ? [e.batch] : [])).at(-1);
      const rows = known ? known.rows.length / (lost.batches()[0].rows.length || 1) : 0;
      expect((known?.firstStep ?? 1) + rows - 1).toBe(copy.step);
      expect(readCheckpoint(copy.bytes).snapshot.step).toBe(copy.step);
    }
  });

  test.each([
    ['cut short', (bytes: Uint8Array) => bytes.slice(0, 100)],
    ['empty', () => new Uint8Array(0)],
    ['of other networks', (bytes: Uint8Array) => withConfig(bytes, { latents: 4 })],
    ['of weights that are no numbers', (bytes: Uint8Array) => withNumber(bytes, 'decoder.dense0.bias', NaN)],
    [
      'of infinite first moments',
      (bytes: Uint8Array) => withNumber(bytes, 'adam.first.encoder.conv0.weight', -Infinity),
    ],
    [
      'of second moments that are no numbers',
      (bytes: Uint8Array) => withNumber(bytes, 'adam.second.decoder.dense0.bias', NaN),
    ],
    ['of settings out of range', (bytes: Uint8Array) => withConfig(bytes, { gamma: -1 })],
  ])('that is %s is refused in a sentence, and the present run stays and trains', async (_, spoil) => {
    const { bytes } = await lastCopy(lost);
    await lost.steps(1);
    const before = lost.events.length;
    const checkpoint = spoil(bytes);
    // As a safety copy, and as what a fork begins from.
    for (const start of [{ continued: { checkpoint, elapsed: 1 } }, { checkpoint }]) {
      const configuring = (async () => lost.configure({ config, engine: 'tfjs-cpu', ...start }))();
      await expect(configuring).rejects.toMatchObject({ message: expect.stringMatching(/^[A-Z].*\.$/) });
    }
    // The page is told again which run there is, for it had made room for another.
    expect(lost.events.slice(before)).toContainEqual(expect.objectContaining({ type: 'state' }));
    expect(lost.state()).toMatchObject({ phase: 'paused', step: 4 });
    await lost.steps(1);
  });
});

/** The bytes with the last number of a tensor changed, and no checksum to tell by: as of an older release. */
function withNumber(bytes: Uint8Array, tensor: string, value: number): Uint8Array {
  const { tensors, metadata } = readSafetensors(bytes);
  const { checksum: _, ...kept } = metadata;
  const found = tensors.get(tensor);
  if (found?.dtype !== 'F32') throw new Error(`no tensor ${tensor}`);
  found.data[found.data.length - 1] = value;
  return writeSafetensors(tensors, kept);
}

function withConfig(bytes: Uint8Array, change: object): Uint8Array {
  const { config: own, snapshot } = readCheckpoint(bytes);
  return writeCheckpoint({ config: { ...own, ...change }, snapshot });
}

test('side by side all are copied at the same step, and go on side by side from there', async () => {
  const open = worker();
  const [a, b] = [open(), open()];
  await a.make();
  await b.make({ gamma: 90 });
  await a.steps(2);
  await a.run({});
  await a.copy({});
  await a.pause({});
  const [ofA, ofB] = [a.copies()[0], b.copies()[0]];
  expect(ofA.step).toBe(ofB.step);
  const openNext = worker();
  const next = [openNext(), openNext()];
  for (const [i, { bytes, elapsed }] of [ofA, ofB].entries())
    await next[i].configure({ config, engine: 'tfjs-cpu', continued: { checkpoint: bytes, elapsed } });
  await next[0].step({});
  for (const side of next) {
    expect(side.events.some(({ type }) => type === 'restarted')).toBe(false);
    expect(side.state()?.step).toBe(ofA.step + 1);
  }
});

test('there is none of a run that was lost, or before there is a run', async () => {
  let gone = false;
  const open = worker((trainer) => {
    const train = trainer.train.bind(trainer);
    trainer.train = (steps) => (gone ? Promise.reject(new AppError('WebGpuLostError')) : train(steps));
  });
  const session = open();
  await session.copy({});
  await session.make();
  await session.steps(1);
  gone = true;
  await session.step({});
  expect(session.state()?.phase).toBe('failed');
  await session.copy({});
  expect(session.copies()).toEqual([]);
});

test('there is none of a state that is not finite: the copy before it stays', async () => {
  const open = worker((trainer) => {
    const read = trainer.readSnapshot.bind(trainer);
    trainer.readSnapshot = async () => {
      const snapshot = await read();
      if (snapshot.step > 1) for (const { data } of snapshot.secondMoments.values()) data[0] = Infinity;
      return snapshot;
    };
  });
  const session = open();
  await session.make();
  for (let i = 0; i < 3; i++) {
    await session.steps(1);
    await session.copy({});
  }
  expect(session.copies().map(({ step }) => step)).toEqual([1]);
  expect(session.state()?.phase).toBe('paused');
});
