import { word } from '../../locale/word.ts';
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { presets } from '../../config/presets.ts';
import { runsJson } from '../../record/runFile.ts';
import { type RunRecord, runRecordFormat, runRecordVersion } from '../../record/runRecord.ts';
import { mostWeights, RunDatabase } from './runDatabase.ts';
import { RunShelf } from './shelf.ts';

const record = (id: string, steps = 100): RunRecord => ({
  format: runRecordFormat,
  version: runRecordVersion,
  id,
  name: `run ${id}`,
  config: presets.tiny,
  preset: 'tiny',
  trainer: { engine: 'tfjs-wasm', adapter: '1 thread', software: true },
  startedAt: `2026-11-24T10:00:0${id.length}.000Z`,
  steps,
  seconds: 1,
  outcome: 'stopped',
  changes: [],
  history: {},
  evaluations: [],
});

let name = '';
let count = 0;
const channels: BroadcastChannel[] = [];
beforeEach(() => {
  name = `test ${count++}`;
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const channel of channels.splice(0)) channel.close();
});

/** A shelf as another tab, or the same page after a reload, has it. */
async function open() {
  const channel = new BroadcastChannel(name);
  channels.push(channel);
  const shelf = new RunShelf(new RunDatabase(name), channel);
  await shelf.load();
  return shelf;
}

const namesOf = (shelf: RunShelf) => shelf.state.getState().runs.map((run) => run.record.name);

describe('the shelf of runs', () => {
  test('runs are there again after a reload, oldest first, the last state of each', async () => {
    const shelf = await open();
    await shelf.put(record('bb'));
    await shelf.put(record('a'));
    await shelf.put(record('a', 300));
    const reloaded = await open();
    expect(reloaded.state.getState().runs.map(({ key, record: { steps } }) => [key, steps])).toEqual([
      ['a', 300],
      ['bb', 100],
    ]);
    expect(reloaded.state.getState()).toMatchObject({ status: 'ready', problem: null, unreadable: [] });
  });

  test('a given name outlives the next save of a run that goes on, in another tab too', async () => {
    const training = await open();
    await training.put(record('a'));
    const other = await open();
    await other.rename('a', 'best');
    await training.put(record('a', 200));
    expect(namesOf(await open())).toEqual(['best']);
    await vi.waitFor(() => expect(namesOf(training)).toEqual(['best']));
  });

  test('two tabs keep runs of their own and see each other’s', async () => {
    const [left, right] = [await open(), await open()];
    await Promise.all([left.put(record('a')), right.put(record('bb'))]);
    await vi.waitFor(() => expect(namesOf(left)).toEqual(['run a', 'run bb']));
    await vi.waitFor(() => expect(namesOf(right)).toEqual(['run a', 'run bb']));
    await left.remove(['bb']);
    await vi.waitFor(() => expect(namesOf(right)).toEqual(['run a']));
  });

  test('what is deleted can be brought back, under its name', async () => {
    const shelf = await open();
    await shelf.put(record('a'));
    await shelf.rename('a', 'kept');
    const removed = await shelf.remove(['a']);
    expect(namesOf(await open())).toEqual([]);
    await shelf.restore(removed);
    expect(namesOf(shelf)).toEqual(['kept']);
    expect(namesOf(await open())).toEqual(['kept']);
  });

  test('weights are kept of the runs saved last, and go with their run', async () => {
    const shelf = await open();
    const keys = Array.from({ length: mostWeights + 2 }, (_, i) => `run ${i}`);
    vi.useFakeTimers({ toFake: ['Date'] });
    for (const [i, key] of keys.entries()) {
      vi.setSystemTime(1000 * i);
      await shelf.putCopy({ weights: { key, step: i, savedAt: Date.now(), bytes: new Uint8Array([i]) } });
    }
    vi.useRealTimers();
    const kept = keys.slice(2);
    expect([...shelf.state.getState().weights.keys()]).toEqual(kept);
    expect(await (await open()).weights(kept[0])).toMatchObject({ step: 2, bytes: new Uint8Array([2]) });
    await shelf.remove([kept[0]]);
    expect(await shelf.weights(kept[0])).toBeNull();
    expect(await shelf.weights(keys[0])).toBeNull();
  });

  test('an import knows what is here already, and takes the longer of two', async () => {
    const shelf = await open();
    await shelf.put(record('a'));
    const files = [
      { name: 'both.json', text: runsJson([record('a'), record('bb')]) },
      { name: 'longer.json', text: runsJson([record('a', 500)]) },
      { name: 'notes.json', text: '{}' },
    ];
    expect(await shelf.importFiles(files)).toMatchObject({
      added: 1,
      updated: 1,
      known: 1,
      problems: [{ code: 'RunRecordError.format', values: { source: 'notes.json' } }],
    });
    expect(shelf.find('a')?.record.steps).toBe(500);
  });

  test('a stored record of another release is named and does not stand in the way', async () => {
    const database = new RunDatabase(name);
    await database.write('good', record('good'));
    const newer: RunRecord = JSON.parse(JSON.stringify({ ...record('new'), version: 9 }));
    await database.write('new', newer);
    const shelf = await open();
    expect(namesOf(shelf)).toEqual(['run good']);
    const [{ key, reason }] = shelf.state.getState().unreadable;
    expect(key).toBe('new');
    expect(word(reason)).toMatch(/^The stored run “run new” is of another release: its version is 9/);
    await shelf.remove(['new']);
    expect((await open()).state.getState().unreadable).toEqual([]);
  });

  test.each([
    ['cut short is left to the Worker, which reads it', { bytes: new Uint8Array(3) }, null],
    ['without bytes', { bytes: undefined }, 'DamagedWeightsError'],
    ['with bytes of another kind', { bytes: 'text' }, 'DamagedWeightsError'],
    ['of a step below 0', { step: -1 }, 'DamagedWeightsError'],
    ['of no whole step', { step: 1.5 }, 'DamagedWeightsError'],
  ])('a row of weights %s', async (_, damage, error) => {
    const shelf = await open();
    const weights = { key: 'a', step: 1, savedAt: 1, bytes: new Uint8Array([1]) };
    await shelf.putCopy({ weights: { ...weights, ...damage } as typeof weights });
    if (error === null) expect(await shelf.weights('a')).toMatchObject({ step: 1 });
    else await expect(shelf.weights('a')).rejects.toMatchObject({ name: error });
  });
});

describe('storage that refuses', () => {
  const refusing = (name: string) =>
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('raw text of the browser', name);
    });
  const problem = (shelf: RunShelf) => {
    const { problem: report } = shelf.state.getState();
    return report && word(report);
  };
  beforeEach(() => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });

  test.each([
    ['QuotaExceededError', 'no room left'],
    ['UnknownError', 'storage failed'],
    ['DataCloneError', 'storage failed'],
  ])(
    '%s: the notice stands through reads, renames and other tabs until the run is stored',
    async (name, words) => {
      const shelf = await open();
      const put = refusing(name);
      expect(await shelf.put(record('a'))).toBe(false);
      expect(problem(shelf)).toContain(words);
      expect(problem(shelf)).not.toContain('raw text');
      expect(shelf.state.getState().unsaved).toEqual(['a']);
      await shelf.load();
      expect(await shelf.weights('a')).toBeNull();
      expect(problem(shelf)).toContain(words);
      put.mockRestore();
      await shelf.put(record('bb'));
      expect(problem(shelf)).toContain(words);
      expect(await shelf.put(record('a', 200))).toBe(true);
      expect(problem(shelf)).toBeNull();
      expect(namesOf(await open())).toEqual(['run a', 'run bb']);
    },
  );

  test('a refused safety copy is told too, its bytes are back, and the next one ends it', async () => {
    const shelf = await open();
    const put = refusing('QuotaExceededError');
    const bytes = new Uint8Array([1, 2]);
    const copy = { weights: { key: 'a', step: 5, savedAt: 1, bytes } };
    expect(await shelf.putCopy(copy)).toEqual(new Uint8Array([1, 2]));
    expect(problem(shelf)).toContain('no room left');
    await shelf.put(record('bb')).catch(() => undefined);
    put.mockRestore();
    await shelf.put(record('bb'));
    expect(problem(shelf)).not.toBeNull();
    await shelf.putCopy(copy);
    expect(problem(shelf)).toBeNull();
  });

  test('once runs are deleted, those that were refused are stored without waiting', async () => {
    const shelf = await open();
    await shelf.put(record('old'));
    const put = refusing('QuotaExceededError');
    await shelf.put(record('a'));
    put.mockRestore();
    await shelf.remove(['old']);
    expect(problem(shelf)).toBeNull();
    expect(namesOf(await open())).toEqual(['run a']);
  });

  test.each([
    [
      'a getter that throws',
      {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      },
      'site data',
    ],
    [
      'open that throws',
      {
        value: {
          open: () => {
            throw new DOMException('denied', 'InvalidStateError');
          },
        },
      },
      'private window',
    ],
    ['no IndexedDB', { value: undefined }, 'storage failed'],
  ])('%s: the page goes on from memory and says so', async (_, descriptor, words) => {
    const own = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB');
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, ...descriptor });
    try {
      const shelf = await open();
      expect(shelf.state.getState().status).toBe('ready');
      expect(problem(shelf)).toContain(words);
      await shelf.put(record('a'));
      expect(namesOf(shelf)).toEqual(['run a']);
      expect(problem(shelf)).toContain(words);
    } finally {
      if (own) Object.defineProperty(globalThis, 'indexedDB', own);
    }
  });

  test('one that never answers is told after a while, and what was handed over comes back', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const mute = vi.spyOn(indexedDB, 'open').mockImplementation(() => new IDBOpenDBRequest());
    try {
      const shelf = new RunShelf(new RunDatabase(name), null);
      const stored = shelf.put(record('a'));
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await stored).toBe(false);
      expect(problem(shelf)).toContain('does not answer');
      mute.mockRestore();
      vi.useRealTimers();
      expect(await shelf.put(record('a'))).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
