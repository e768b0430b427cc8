import { MessageChannel } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { type LiveSettings, liveSettingsOf } from '../../config/schema.ts';
import { runQuery } from '../../config/url.ts';
import { AppError } from '../../errors.ts';
import { WorkerClient, type WorkerEndpoint } from '../../protocol/client.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import type { RunInfo, SessionPhase, WorkerEvent } from '../../protocol/messages.ts';
import { type CommandHandlers, serve } from '../../protocol/server.ts';
import { blankEvaluation } from '../../record/blankEvaluation.fixture.ts';
import { runRecordSchema } from '../../record/runRecord.ts';
import { errorReport } from '../../report.ts';
import { presentRecord } from '../runs/presentRecord.ts';
import { Session } from './session.ts';

const close: (() => void)[] = [];
afterEach(() => {
  for (const end of close.splice(0)) end();
});

const { tiny } = presets;
const columns = ['reconstruction', 'kl', 'klLatent0'];
const info: RunInfo = {
  config: tiny,
  runsOn: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
  notices: [],
  factors: null,
  known: null,
  imageCount: 12,
  can: { encode: true, reconstruct: true, traverse: true, reach: 3, generate: null, discriminate: true },
  columns: columns.map((name) => ({ name, measured: true, loss: null })),
  choices: [],
  parameterCount: 1,
  stepFlops: 1,
  stages: null,
  startStep: 0,
};
const refuse = () => {
  throw new AppError('WrongStateError.preparing');
};

/** A session over a real message channel, with a Worker that answers as told. */
async function start(
  search: string,
  overrides:
    | Partial<CommandHandlers>
    | ((post: (event: WorkerEvent) => void) => Partial<CommandHandlers>) = {},
) {
  const sent: Partial<LiveSettings>[] = [];
  const addresses: string[] = [];
  let post: (event: WorkerEvent) => void = () => undefined;
  let crash: (event: Event) => void = () => undefined;
  const handlers: CommandHandlers = {
    probe: () => ({
      suggestedPreset: 'tiny',
      adapter: null,
      software: true,
      reason: errorReport('WebGpuUnavailableError.missing'),
    }),
    configure: ({ config }) => {
      post({ type: 'state', state: { ...idle('paused'), live: liveSettingsOf(config) } });
      return { ...info, config };
    },
    run: () => null,
    pause: () => null,
    step: refuse,
    reset: () => {
      post({ type: 'restarted' });
      return null;
    },
    setLive: (values) => {
      sent.push(values);
      return { changes: [] };
    },
    setSpeed: () => null,
    setTraversalBase: () => null,
    watchCodes: () => null,
    turnRows: refuse,
    measureTurned: refuse,
    encodeFactors: refuse,
    decode: refuse,
    traceFactor: refuse,
    evaluate: () => ({ step: 0 }),
    cancelEvaluation: () => null,
    setEvaluateEvery: () => null,
    exportWeights: refuse,
    checkpoint: refuse,
    leave: () => null,
    copy: () => null,
    ping: () => null,
    ...(typeof overrides === 'function' ? overrides((event) => post(event)) : overrides),
  };

  function makeClient(): WorkerClient {
    const { port1, port2 } = new MessageChannel();
    close.push(() => port1.close());
    const crashes = new EventTarget();
    crash = (event) => crashes.dispatchEvent(event);
    const endpoint: WorkerEndpoint = {
      postMessage: (message) => port1.postMessage(message),
      listen(listener) {
        port1.on('message', listener.message);
        crashes.addEventListener('error', () => listener.error());
      },
      close: () => port1.close(),
    };
    post = serve(
      {
        postMessage: (message, transfer) => port2.postMessage(message, transfer as ArrayBuffer[]),
        addEventListener: (_, listener) =>
          port2.on('message', (data) => (listener as (event: unknown) => void)({ data })),
      },
      handlers,
    );
    return new WorkerClient(endpoint);
  }

  const session = new Session(makeClient, {
    search,
    changed: () => {
      const request = session.currentRequest();
      if (request) addresses.push(runQuery(request.config, request.preset, request.engine));
    },
  });
  await session.start();
  return {
    session,
    sent,
    addresses,
    post: (event: WorkerEvent) => post(event),
    crash: () => crash(new Event('error')),
  };
}

const idle = (phase: SessionPhase) => ({
  phase,
  step: 0,
  elapsed: 0,
  stepsPerSecond: 0,
  live: null,
  cost: null,
});
const later = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const rows = (count: number) => new Float32Array(count * columns.length).fill(1);

test('starts the run of the address, and names what was changed in it', async () => {
  const { session, addresses } = await start('?gamma=900&seed=5');
  expect(session.run.getState()).toMatchObject({
    phase: 'paused',
    preset: 'tiny',
    presetChosen: true,
    info: { config: { ...tiny, gamma: 200, seed: 5 } },
    urlIssues: [{ field: 'gamma', given: '900', used: '200' }],
  });
  expect(addresses.at(-1)).toBe('?preset=tiny&gamma=200&seed=5');
});

test('a moved slider shows at once; of a burst the first and the last are sent, and the address follows', async () => {
  const { session, sent, addresses } = await start('');
  for (const gamma of [11, 12, 13, 14]) session.training.setLive('gamma', gamma, 5);
  expect(session.run.getState().live?.gamma).toBe(14);
  await later(300);
  expect(sent).toEqual([
    { gamma: 11, gestures: { gamma: 5 } },
    { gamma: 14, gestures: { gamma: 5 } },
  ]);
  expect(addresses.at(-1)).toBe('?preset=tiny&gamma=14');
});

test('an older state of the Worker does not move the slider back', async () => {
  let answer: (result: { changes: [] }) => void = () => undefined;
  const { session, post } = await start('', {
    setLive: () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  });
  session.training.setLive('gamma', 35);
  post({ type: 'state', state: { ...idle('running'), live: liveSettingsOf(tiny) } });
  await later();
  expect(session.run.getState().live?.gamma).toBe(35);
  answer({ changes: [] });
  await later(200);
  post({ type: 'state', state: { ...idle('running'), live: { ...liveSettingsOf(tiny), gamma: 36 } } });
  await later();
  expect(session.run.getState().live?.gamma).toBe(36);
});

test('rows and changes are kept, and a reset throws them away', async () => {
  const { session, post } = await start('');
  post({ type: 'metrics', batch: { firstStep: 1, rows: rows(3) } });
  post({ type: 'liveChange', change: { step: 2, key: 'gamma', from: 10, to: 20 } });
  await later();
  expect(session.history.count).toBe(3);
  expect(session.history.changes).toHaveLength(1);
  expect(session.run.getState().lastMoves.gamma?.firstStep).toBe(2);
  await session.training.reset();
  expect(session.history.count).toBe(0);
  expect(session.history.changes).toHaveLength(0);
  expect(session.run.getState().lastMoves).toEqual({});
});

test('a drag is one move on the page, and every value that acted is in the record', async () => {
  const { session, post } = await start('');
  post({ type: 'metrics', batch: { firstStep: 1, rows: rows(9) } });
  const values = [10, 8, 3, 0];
  for (const [i, to] of values.slice(1).entries())
    post({ type: 'liveChange', change: { step: 4 + i, key: 'gamma', from: values[i], to, gesture: 7 } });
  post({ type: 'liveChange', change: { step: 9, key: 'gamma', from: 0, to: 1, gesture: 8 } });
  await later();
  const [drag, next] = session.history.moves;
  expect(drag).toMatchObject({ from: 10, to: 0, firstStep: 4, lastStep: 6 });
  expect(session.run.getState().lastMoves.gamma).toBe(next);
  const record = presentRecord(session);
  expect(record?.changes.map(({ step, to, gesture }) => [step, to, gesture])).toEqual([
    [4, 8, 7],
    [5, 3, 7],
    [6, 0, 7],
    [9, 1, 8],
  ]);
  expect(runRecordSchema.parse(record).changes).toEqual(record?.changes);
});

test('measurements are kept by step, one a step, and forgotten at a reset', async () => {
  const { session, post } = await start('');
  const record = (step: number, mig: number): LiveEvaluation => ({
    ...blankEvaluation(step),
    mig,
    images: 1,
    milliseconds: 1,
    totalCorrelation: { gaussian: 0, weighted: 0, stratified: 0 },
    active: [],
  });
  for (const [step, mig] of [
    [500, 0.1],
    [120, 0.2],
    [500, 0.3],
  ])
    post({ type: 'evaluation', evaluation: record(step, mig) });
  post({ type: 'evaluationActivity', activity: { state: 'cancelled', step: 600 } });
  await later();
  const { records, activity } = session.evaluations.getState();
  expect(records.map(({ step, mig }) => [step, mig])).toEqual([
    [120, 0.2],
    [500, 0.3],
  ]);
  expect(activity.state).toBe('cancelled');
  // The run's record keeps them without what is only shown.
  expect(presentRecord(session)?.evaluations).toEqual(
    [120, 500].map((step) => ({ ...blankEvaluation(step), mig: step === 120 ? 0.2 : 0.3 })),
  );
  await session.training.reset();
  expect(session.evaluations.getState()).toMatchObject({ records: [], activity: { state: 'idle' } });
});

test('how often to measure is the machine’s choice until a person says otherwise, and outlives the run', async () => {
  const asked: (number | null)[] = [];
  const { session } = await start('', {
    setEvaluateEvery: ({ steps }) => {
      asked.push(steps);
      return null;
    },
  });
  await session.measuring.setEvery(500);
  await session.configure({ config: tiny, preset: 'tiny', engine: 'auto' });
  // The first engine is on a processor: left to the person.
  expect(asked).toEqual([null, 500, 500]);
  expect(session.evaluations.getState().every).toBe(500);
});

test('a refused command is shown and changes nothing else', async () => {
  const { session } = await start('');
  await session.training.singleStep();
  expect(session.run.getState()).toMatchObject({
    phase: 'paused',
    error: { code: 'WrongStateError.preparing' },
  });
  session.dismissError();
  expect(session.run.getState().error).toBeNull();
});

test('where nothing can be configured the page has failed, with the reason', async () => {
  const { session } = await start('', { configure: refuse });
  expect(session.run.getState()).toMatchObject({
    phase: 'failed',
    error: { code: 'WrongStateError.preparing' },
  });
});

test('a Worker that died is named, and a new one takes the same run up from the start', async () => {
  const { session, crash } = await start('?preset=tiny&seed=9');
  crash();
  expect(session.run.getState()).toMatchObject({
    phase: 'failed',
    error: { code: 'WorkerLostError.crashed' },
  });
  await session.restart();
  expect(session.run.getState()).toMatchObject({
    phase: 'paused',
    error: null,
    info: { config: { seed: 9 } },
  });
});

test('a lost Worker’s run goes on from its newest copy, with the curves up to it', async () => {
  const asked: unknown[] = [];
  const { session, crash, post } = await start('?preset=tiny&seed=9', (tell) => ({
    configure: ({ config, continued }) => {
      asked.push(continued);
      const step = continued ? 40 : 0;
      tell({ type: 'state', state: { ...idle('paused'), step, live: liveSettingsOf(config) } });
      return { ...info, config };
    },
  }));
  const copies: number[] = [];
  session.onCopy = (copy) => {
    copies.push(copy.step);
    session.keepCopy(copy);
  };
  post({ type: 'metrics', batch: { firstStep: 1, rows: rows(40) } });
  post({ type: 'copy', copy: { step: 40, elapsed: 2, bytes: new Uint8Array([5]), milliseconds: 1 } });
  post({ type: 'metrics', batch: { firstStep: 41, rows: rows(20) } });
  post({ type: 'liveChange', change: { step: 50, key: 'gamma', from: 10, to: 20 } });
  await later();
  expect(copies).toEqual([40]);
  const id = session.origin?.id;
  crash();
  expect(session.run.getState()).toMatchObject({ phase: 'failed', copiedStep: 40, pausing: false });
  await session.restart(session.resumption());
  expect(asked).toEqual([undefined, { checkpoint: new Uint8Array([5]), elapsed: 2 }]);
  expect(session.run.getState()).toMatchObject({ phase: 'paused', step: 40, copiedStep: 40, error: null });
  expect(session.origin?.id).toBe(id);
  expect(session.history.count).toBe(40);
  expect(session.history.changes).toEqual([]);
});

test('a new run that is refused leaves the present one as it is, its copies included', async () => {
  let refuses = false;
  const { session } = await start('?preset=tiny', (tell) => ({
    configure: ({ config }) => {
      tell({ type: 'state', state: { ...idle('paused'), step: 7, live: liveSettingsOf(config) } });
      return refuses ? refuse() : { ...info, config };
    },
  }));
  session.keepCopy({ step: 7, elapsed: 1, bytes: new Uint8Array([5]), milliseconds: 1 });
  const { origin } = session;
  refuses = true;
  await session.configure({ config: tiny, preset: 'paper', engine: 'tfjs-cpu' });
  expect(session.run.getState()).toMatchObject({
    phase: 'paused',
    step: 7,
    copiedStep: 7,
    preset: 'tiny',
    engine: 'auto',
    error: { code: 'WrongStateError.preparing' },
  });
  expect(session.origin).toBe(origin);
});

test('what a hung Worker owes is rejected when it is ended, and the run has failed', async () => {
  const { session } = await start('', { pause: () => new Promise(() => undefined) });
  const pausing = session.training.pause();
  await later();
  expect(session.run.getState().pausing).toBe(true);
  session.abandonWorker();
  await pausing;
  expect(session.run.getState()).toMatchObject({
    phase: 'failed',
    pausing: false,
    error: { code: 'WorkerLostError.silent' },
  });
});

test('a browser without Workers fails with its reason instead of throwing', async () => {
  const session = new Session(
    () => {
      throw new AppError('NoWorkersError');
    },
    { search: '', changed: () => undefined },
  );
  await session.start();
  expect(session.run.getState()).toMatchObject({ phase: 'failed', error: { code: 'NoWorkersError' } });
});
