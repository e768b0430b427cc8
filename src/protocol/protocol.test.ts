import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { WorkerClient, type WorkerEndpoint } from './client.ts';
import type { SessionState, WorkerEvent } from './messages.ts';
import { type CommandHandlers, serve } from './server.ts';

const paused: SessionState = {
  phase: 'paused',
  step: 0,
  elapsed: 0,
  stepsPerSecond: 0,
  live: null,
  cost: null,
};

function refuse(): never {
  throw new AppError('InvalidCodeError', { latents: 4, given: 2 });
}

const handlers: CommandHandlers = {
  probe: refuse,
  configure: refuse,
  run: async () => null,
  pause: () => null,
  step: refuse,
  reset: () => null,
  setLive: ({ gamma }) => ({ changes: [{ step: 3, key: 'gamma', from: 1, to: gamma ?? -1 }] }),
  setSpeed: () => null,
  setTraversalBase: () => null,
  watchCodes: () => null,
  turnRows: refuse,
  measureTurned: refuse,
  encodeFactors: refuse,
  decode: ({ code }) => ({
    step: code.length,
    picture: { width: 1, height: 1, pixels: new Uint8ClampedArray([1, 2, 3, 255]) },
  }),
  traceFactor: refuse,
  evaluate: () => ({ step: 0 }),
  cancelEvaluation: () => null,
  setEvaluateEvery: () => null,
  exportWeights: () => new Promise(() => undefined),
  checkpoint: refuse,
  leave: () => null,
  copy: () => null,
  ping: () => null,
};

/** Both ends over a real message channel, whose messages are cloned and transferred as a Worker's are. */
function connect() {
  const { port1, port2 } = new MessageChannel();
  const crash = new EventTarget();
  const endpoint: WorkerEndpoint = {
    postMessage: (message) => port1.postMessage(message),
    listen(listener) {
      port1.on('message', listener.message);
      crash.addEventListener('error', () => listener.error());
    },
    close: () => port1.close(),
  };
  const posted: Transferable[][] = [];
  const post = serve(
    {
      postMessage(message, transfer) {
        posted.push(transfer);
        port2.postMessage(message, transfer as ArrayBuffer[]);
      },
      addEventListener: (_, listener) =>
        port2.on('message', (data) => (listener as (event: unknown) => void)({ data })),
    },
    handlers,
  );
  const client = new WorkerClient(endpoint);
  open.push(() => {
    port1.close();
    port2.close();
  });
  return { client, post, posted, crash };
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

describe('the protocol', () => {
  test('answers each command with its own result', async () => {
    const { client } = connect();
    const [live, decoded, run] = await Promise.all([
      client.send('setLive', { gamma: 35 }),
      client.send('decode', { code: new Float32Array(4) }),
      client.send('run', {}),
    ]);
    expect(live.changes).toEqual([{ step: 3, key: 'gamma', from: 1, to: 35 }]);
    expect(decoded.step).toBe(4);
    expect(run).toBeNull();
  });

  test('moves binary results instead of copying them', async () => {
    const { client, posted } = connect();
    const { picture } = await client.send('decode', { code: new Float32Array(2) });
    expect([...picture.pixels]).toEqual([1, 2, 3, 255]);
    expect(posted[0]).toHaveLength(1);
    expect((posted[0][0] as ArrayBuffer).byteLength).toBe(0);
  });

  test('a handler that throws rejects that command by name, and the next one works', async () => {
    const { client } = connect();
    await expect(client.send('step', {})).rejects.toMatchObject({
      name: 'InvalidCodeError',
      report: { code: 'InvalidCodeError', values: { latents: 4, given: 2 } },
    });
    await expect(client.send('pause', {})).resolves.toBeNull();
  });

  test('events reach every listener until it stops listening', async () => {
    const { client, post } = connect();
    const seen: WorkerEvent[] = [];
    const stop = client.onEvent((event) => seen.push(event));
    post({ type: 'state', state: paused });
    await client.send('run', {});
    stop();
    post({ type: 'state', state: paused });
    await client.send('run', {});
    expect(seen).toEqual([{ type: 'state', state: paused }]);
  });

  test('a Worker that dies rejects what waits and what comes later, and says so once', async () => {
    const { client, crash } = connect();
    const crashes: string[] = [];
    client.onCrash((error) => crashes.push(error.code));
    const waiting = client.send('exportWeights', {});
    crash.dispatchEvent(new Event('error'));
    crash.dispatchEvent(new Event('error'));
    await expect(waiting).rejects.toMatchObject({ name: 'WorkerLostError' });
    await expect(client.send('run', {})).rejects.toThrow(/has crashed/);
    expect(crashes).toEqual(['WorkerLostError.crashed']);
  });

  test('a Worker that is given up for not answering ends every command by name, pause included', async () => {
    const { client } = connect();
    const crashes: string[] = [];
    client.onCrash((error) => crashes.push(error.code));
    const waiting = [client.send('exportWeights', {}), client.send('exportWeights', {})];
    client.abandon();
    for (const command of [...waiting, client.send('pause', {})])
      await expect(command).rejects.toMatchObject({
        name: 'WorkerLostError',
        message: expect.stringContaining('did not answer'),
      });
    expect(crashes).toEqual(['WorkerLostError.silent']);
  });

  test('closing the client rejects what waits', async () => {
    const { client } = connect();
    const waiting = client.send('exportWeights', {});
    client.dispose();
    await expect(waiting).rejects.toMatchObject({ name: 'WorkerClosedError' });
  });
});
