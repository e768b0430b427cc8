import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { presets } from '../../config/presets.ts';
import { History } from '../../history/history.ts';
import { recordCurves } from '../../history/recordCurves.ts';
import { type RunRecord, runRecordFormat, runRecordVersion } from '../../record/runRecord.ts';
import type { Claims } from './claims.ts';
import { AskedClaims } from './claims.ts';
import { type PresentRun, presentRunSchema } from './presentRun.ts';
import { Recovery } from './recovery.ts';
import { RunDatabase } from './runDatabase.ts';
import { RunShelf } from './shelf.ts';

const { tiny } = presets;
const columns = ['reconstruction', 'kl', 'klLatent0'];

function history(steps: number): History {
  const rows = new History(columns);
  rows.append({ firstStep: 1, rows: new Float32Array(steps * columns.length).fill(2) });
  return rows;
}

const record = (id: string, steps: number): RunRecord => ({
  format: runRecordFormat,
  version: runRecordVersion,
  id,
  name: `run ${id}`,
  config: tiny,
  preset: 'tiny',
  trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
  startedAt: '2026-11-24T10:00:00.000Z',
  steps,
  seconds: 1,
  outcome: 'stopped',
  changes: [
    { step: 10, key: 'gamma', from: 10, to: 20 },
    { step: steps + 1, key: 'beta', from: 1, to: 2 },
    { step: steps + 2, key: 'beta', from: 2, to: 3 },
  ],
  history: recordCurves(history(steps)),
  evaluations: [],
});

const present = (key: string, steps = 150, more: Partial<PresentRun> = {}): PresentRun => ({
  key,
  savedAt: 1000 + steps,
  step: steps,
  elapsed: 3,
  record: record(key, steps),
  evaluations: [],
  preset: 'tiny',
  engine: 'tfjs-wasm',
  side: null,
  replay: null,
  beside: null,
  ...more,
});

let name = '';
let count = 0;
beforeEach(() => {
  name = `recovery ${count++}`;
});

/** What tabs of one browser have in common: claims by their run, and the storage. */
function browser() {
  const owners = new Map<string, number>();
  let tabs = 0;
  return function tab() {
    const id = tabs++;
    const claims: Claims = {
      async take(key) {
        if (owners.has(key)) return owners.get(key) === id;
        owners.set(key, id);
        return true;
      },
      release: (key) => void owners.delete(key),
      taken: async (keys) => new Set(keys.filter((key) => owners.has(key))),
    };
    const database = new RunDatabase(name);
    const shelf = new RunShelf(database, null);
    const recovery = new Recovery(database, shelf, claims);
    return {
      database,
      shelf,
      recovery,
      claims,
      /** As a page at this run keeps it. */
      async keep(run: PresentRun, start?: Uint8Array) {
        await claims.take(run.key);
        const weights = { key: run.key, step: run.step, savedAt: run.savedAt, bytes: new Uint8Array([7]) };
        await shelf.putCopy({ weights, present: run, ...(start ? { start } : {}) });
      },
      end() {
        for (const [key, owner] of [...owners]) if (owner === id) owners.delete(key);
      },
      async offered() {
        await recovery.look();
        return recovery.state.getState().offers.map(({ runs }) => runs.map(({ key }) => key));
      },
    };
  };
}

describe('a run whose page has ended', () => {
  test('is offered to the next page, and to no page while its own lives', async () => {
    const tab = browser();
    const [first, second] = [tab(), tab()];
    await first.keep(present('a'));
    await second.keep(present('b', 90));
    expect(await tab().offered()).toEqual([]);
    first.end();
    expect(await second.offered()).toEqual([['a']]);
    second.end();
    expect(await tab().offered()).toEqual([['a'], ['b']]);
  });

  test('goes on with its weights, curves, moves and time, as the same run', async () => {
    const tab = browser();
    const crashed = tab();
    await crashed.keep(present('a'));
    crashed.end();
    const next = tab();
    await next.offered();
    const [offer] = next.recovery.state.getState().offers;
    const [request] = await next.recovery.take(offer);
    expect(request).toMatchObject({ preset: 'tiny', engine: 'tfjs-wasm', config: { gamma: 20 } });
    expect(request.continued).toMatchObject({
      checkpoint: new Uint8Array([7]),
      elapsed: 3,
      origin: { id: 'a', startedAt: '2026-11-24T10:00:00.000Z', config: tiny },
    });
    const known = request.continued?.historyOf(columns);
    expect(known?.count).toBe(150);
    expect(known?.value(77, 'kl')).toBe(2);
    // What was moved while it stood there belongs to it, what came later does not.
    expect(known?.changes.map(({ step }) => step)).toEqual([10, 151]);
    expect(request).not.toHaveProperty('fork');
  });

  test('that an older release kept goes on with the engine that it named otherwise', async () => {
    const { engine, ...rest } = present('a');
    const { trainer } = rest.record;
    const record = { ...rest.record, trainer: { ...trainer, engine: 'wasm', backend: 'wasm' } };
    expect(presentRunSchema.parse({ ...rest, record, backend: 'wasm' })).toEqual({ ...rest, engine });
    expect(presentRunSchema.parse({ ...rest, backend: 'auto' })).toEqual({ ...rest, engine: 'auto' });
    // Under the key of now only the names of now count.
    expect(presentRunSchema.safeParse({ ...rest, engine: 'cpu' }).success).toBe(false);
  });

  test('that was a fork knows what it began from', async () => {
    const tab = browser();
    const crashed = tab();
    const parent = { id: 'p', name: 'run p', step: 40 };
    await crashed.keep(present('a', 150, { record: { ...record('a', 150), parent } }), new Uint8Array([4]));
    crashed.end();
    const next = tab();
    await next.offered();
    const [request] = await next.recovery.take(next.recovery.state.getState().offers[0]);
    expect(request.fork).toEqual({ parent, checkpoint: new Uint8Array([4]) });
  });

  test('can be had by one page only', async () => {
    const tab = browser();
    const crashed = tab();
    await crashed.keep(present('a'));
    crashed.end();
    const [left, right] = [tab(), tab()];
    await Promise.all([left.offered(), right.offered()]);
    await left.recovery.take(left.recovery.state.getState().offers[0]);
    await expect(right.recovery.take(right.recovery.state.getState().offers[0])).rejects.toMatchObject({
      name: 'RunTakenError',
    });
    expect(await right.offered()).toEqual([]);
  });

  test('is not offered again once declined; a short one goes, a kept one keeps its weights', async () => {
    const tab = browser();
    const crashed = tab();
    await crashed.keep(present('short', 20));
    await crashed.keep(present('long'));
    await crashed.shelf.put(record('long', 150));
    // Its page ended before its record was stored.
    await crashed.keep(present('quick', 140));
    crashed.end();
    const next = tab();
    expect(await next.offered()).toEqual([['long'], ['quick'], ['short']]);
    // What the offer says holds at once: the long ones are in the Compare view.
    expect(next.shelf.find('quick')?.record.steps).toBe(140);
    expect(next.shelf.find('short')).toBeUndefined();
    for (const offer of next.recovery.state.getState().offers) await next.recovery.decline(offer);
    expect(await tab().offered()).toEqual([]);
    expect(await next.shelf.weights('short')).toBeNull();
    for (const [key, step] of [
      ['long', 150],
      ['quick', 140],
    ] as const) {
      expect(await next.shelf.weights(key)).toMatchObject({ step });
      expect(next.shelf.find(key)?.record.steps).toBe(step);
    }
  });

  test('is not offered again by a look that began before it was declined', async () => {
    const tab = browser();
    const crashed = tab();
    await crashed.keep(present('short', 20));
    crashed.end();
    const next = tab();
    await next.offered();
    const [offer] = next.recovery.state.getState().offers;
    // The look has read its rows when it asks who has them.
    const { taken } = next.claims;
    next.claims.taken = async (keys) => {
      await next.recovery.decline(offer);
      return taken(keys);
    };
    expect(await next.offered()).toEqual([]);
  });

  test.each([
    ['of another release', { record: { version: 9 } }],
    ['with a step that is none', { step: -3 }],
    ['without its curves', { record: undefined }],
    ['of another step than its weights', { step: 149 }],
  ])('is passed over if its row is damaged: %s', async (_, damage) => {
    const tab = browser();
    const crashed = tab();
    await crashed.keep(present('good', 60));
    const row = { ...present('bad'), ...damage };
    const weights = { key: 'bad', step: 150, savedAt: 1, bytes: new Uint8Array([7]) };
    await crashed.database.writeCopy({ weights, present: row as PresentRun });
    crashed.end();
    expect(await tab().offered()).toEqual([['good']]);
  });

  test('two side by side are offered together while they stand at one step, else each by itself', async () => {
    const tab = browser();
    const crashed = tab();
    const pair = (key: string, side: 'A' | 'B', beside: string, steps: number) =>
      present(key, steps, { side, beside });
    await crashed.keep(pair('b1', 'B', 'a1', 150));
    await crashed.keep(pair('a1', 'A', 'b1', 150));
    await crashed.keep(pair('a2', 'A', 'b2', 120));
    await crashed.keep(pair('b2', 'B', 'a2', 110));
    crashed.end();
    expect(await tab().offered()).toEqual([['a1', 'b1'], ['a2'], ['b2']]);
  });
});

describe('claims without locks', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });
  function claims() {
    const channel = new BroadcastChannel(name);
    ends.push(() => channel.close());
    return new AskedClaims(channel);
  }

  test('other tabs are asked', async () => {
    const [left, right] = [claims(), claims()];
    expect(await left.take('a')).toBe(true);
    expect(await left.take('a')).toBe(true);
    expect(await right.take('a')).toBe(false);
    expect(await right.taken(['a', 'b'])).toEqual(new Set(['a']));
    left.release('a');
    expect(await right.take('a')).toBe(true);
  });
});

test('a present run that was replaced leaves nothing, unless it is kept', async () => {
  const page = browser()();
  await page.keep(present('a'));
  await page.keep(present('b'));
  await page.shelf.put(record('b', 150));
  await page.shelf.endPresent('a');
  await page.shelf.endPresent('b');
  page.end();
  expect(await page.offered()).toEqual([]);
  expect(await page.shelf.weights('a')).toBeNull();
  expect(await page.shelf.weights('b')).toMatchObject({ step: 150 });
});

test('messages of the storage Worker bring the bytes back', async () => {
  const { serveCopies, WorkerCopies, DirectCopies } = await import('./copyStore.ts');
  const database = new RunDatabase(name);
  const ports: MessagePort[] = [];
  const copies = new WorkerCopies({
    postMessage(_, transferred) {
      for (const port of transferred) {
        if (!(port instanceof MessagePort)) continue;
        ports.push(port);
        serveCopies(port, new DirectCopies(database));
      }
    },
  });
  const bytes = new Uint8Array([1, 2, 3]);
  const written = copies.write({ weights: { key: 'a', step: 3, savedAt: 1, bytes } });
  expect(bytes.byteLength).toBe(0);
  expect(await written).toEqual({ bytes: new Uint8Array([1, 2, 3]), error: null });
  expect(await database.readWeights('a')).toMatchObject({ step: 3, bytes: new Uint8Array([1, 2, 3]) });
  await copies.end('a', false);
  expect(await database.readWeights('a')).toBeUndefined();
  for (const port of ports) port.close();
});
