import { beforeEach, expect, test } from 'vitest';
import type { RunConfig } from '../config/schema.ts';
import { emptyShelf } from '../data/own/opened.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import type { CodesFrame } from '../model/codesFrame.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { errorReport } from '../report.ts';
import { smallRun } from '../run/smallRun.fixture.ts';
import { Lockstep } from './lockstep.ts';
import { TrainingSession } from './session.ts';
import { TrainerFactory } from './trainerFactory.ts';

const nextTask = () => new Promise<void>((resolve) => setImmediate(resolve));

function open() {
  const events: WorkerEvent[] = [];
  const factory = new TrainerFactory({
    productRate: async () => 1e9,
    shelf: emptyShelf,
    probeWebGpu: async () => ({ available: false, reason: errorReport('WebGpuUnavailableError.missing') }),
    createTrainer: async (_, config) => createReferenceTrainer(vaeModel(config)),
  });
  const { handlers } = new TrainingSession(factory, new Lockstep(nextTask), (event) => events.push(event));
  const codes = (): CodesFrame[] => events.flatMap((event) => (event.type === 'codes' ? [event.codes] : []));
  const configure = (own: Partial<RunConfig> = {}) =>
    handlers.configure({ config: { ...smallRun, ...own }, engine: 'wasm' });
  return { ...handlers, events, codes, configure };
}

let session: ReturnType<typeof open>;
beforeEach(async () => {
  session = open();
  await session.configure();
});

test('codes are drawn for who watches: at once, and with the pictures of every step that is shown', async () => {
  await session.step({});
  expect(session.codes()).toEqual([]);
  await session.watchCodes({ pair: [0, 2] });
  await session.step({});
  expect(session.codes().map(({ step, pair }) => [step, pair])).toEqual([
    [1, [0, 2]],
    [2, [0, 2]],
  ]);
  const steps = session.events.flatMap((event) => (event.type === 'pictures' ? [event.pictures.step] : []));
  expect(steps.at(-1)).toBe(2);
  await session.watchCodes({ pair: null });
  await session.step({});
  expect(session.codes()).toHaveLength(2);
});

test('they come while it trains', async () => {
  await session.watchCodes({ pair: 'best' });
  await session.run({});
  while ((session.codes().at(-1)?.step ?? 0) < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  await session.pause({});
}, 60_000);

test('watching outlives the run; a pair that the next one has not is its best one', async () => {
  await session.watchCodes({ pair: [0, 2] });
  await session.configure({ latents: 2 });
  expect(session.codes().at(-1)).toMatchObject({ pair: [0, 1], step: 0 });
  await session.configure({ objective: 'betaVae' });
  expect(session.codes().at(-1)).toMatchObject({ pair: [0, 2], judge: 'gaussian' });
});

test('a single latent has no pair, and a session without a run nothing to draw', async () => {
  await session.watchCodes({ pair: 'best' });
  const before = session.codes().length;
  await session.configure({ latents: 1 });
  await session.step({});
  expect(session.codes()).toHaveLength(before);
  expect(await open().watchCodes({ pair: 'best' })).toBeNull();
});
