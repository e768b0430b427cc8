import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { reportOf } from '../../errors.ts';
import type { RunRecord } from '../../record/runRecord.ts';

/** A record as it lies in the browser. `record` may be of another release: it is parsed when it is read. */
export interface StoredRow {
  readonly key: string;
  readonly record: unknown;
  /** The name a person gave, in place of the record's own: it outlives the next save of a run that goes on. */
  readonly givenName?: string;
}

/** The checkpoint of a run: see files/checkpoint.ts. */
interface StoredWeights {
  readonly key: string;
  readonly step: number;
  readonly savedAt: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRow };
  /** The index gives time and step of each without reading its bytes. */
  weights: { key: string; value: StoredWeights; indexes: { saved: [number, number] } };
}

/** Weights are kept of so many runs, those saved last: with `paper` they are 60 MB a run. */
export const mostWeights = 8;

const databaseName = 'factorvae-playground';
const databaseVersion = 1;

/** The records of runs in this browser's IndexedDB. Everything may reject: see `describeStorageError`. */
export class RunDatabase {
  readonly #name: string;
  #opened: Promise<IDBPDatabase<Schema>> | null = null;

  constructor(name = databaseName) {
    this.#name = name;
  }

  async keys(): Promise<string[]> {
    return (await this.#open()).getAllKeys('runs');
  }

  async read(key: string): Promise<StoredRow | undefined> {
    return (await this.#open()).get('runs', key);
  }

  /** Puts a record under its key; the name that a person gave stays, unless another is given. */
  async write(key: string, record: RunRecord, givenName?: string): Promise<void> {
    const { store, done } = (await this.#open()).transaction('runs', 'readwrite');
    const name = givenName ?? (await store.get(key))?.givenName;
    await store.put({ key, record, ...(name === undefined ? {} : { givenName: name }) });
    await done;
  }

  async remove(keys: readonly string[]): Promise<void> {
    const transaction = (await this.#open()).transaction(['runs', 'weights'], 'readwrite');
    const [runs, weights] = [transaction.objectStore('runs'), transaction.objectStore('weights')];
    await Promise.all(keys.flatMap((key) => [runs.delete(key), weights.delete(key)]));
    await transaction.done;
  }

  /** Of which runs there are weights, and of which of their steps. */
  async weightSteps(): Promise<Map<string, number>> {
    const steps = new Map<string, number>();
    let cursor = await (await this.#open()).transaction('weights').store.index('saved').openKeyCursor();
    while (cursor) {
      steps.set(cursor.primaryKey, cursor.key[1]);
      cursor = await cursor.continue();
    }
    return steps;
  }

  async readWeights(key: string): Promise<StoredWeights | undefined> {
    return (await this.#open()).get('weights', key);
  }

  /** Puts weights in place of the run's earlier ones; the oldest beyond `mostWeights` go. */
  async writeWeights(weights: StoredWeights): Promise<void> {
    const { store, done } = (await this.#open()).transaction('weights', 'readwrite');
    await store.put(weights);
    const keys = await store.index('saved').getAllKeys();
    await Promise.all(keys.slice(0, -mostWeights).map((key) => store.delete(key)));
    await done;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= openDB<Schema>(this.#name, databaseVersion, {
      upgrade(database) {
        database.createObjectStore('runs', { keyPath: 'key' });
        database.createObjectStore('weights', { keyPath: 'key' }).createIndex('saved', ['savedAt', 'step']);
      },
      // Another tab of a newer release waits for this one to let go; the next call opens it again.
      blocking: (_current, _blocked, event) => {
        this.#opened = null;
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: () => {
        this.#opened = null;
      },
    }).catch((thrown: unknown) => {
      this.#opened = null;
      throw thrown;
    });
    return this.#opened;
  }
}

/** A sentence for a person: what storage cannot do here, and what keeps the runs all the same. */
export function describeStorageError(thrown: unknown): string {
  const { name, message } = reportOf(thrown);
  const remedy = 'They are here until this page is closed: export them as JSON to keep them.';
  if (name === 'QuotaExceededError')
    return `Runs can no longer be kept: this browser’s room for the site is full. Delete some runs. ${remedy}`;
  if (typeof indexedDB === 'undefined' || name === 'SecurityError' || name === 'InvalidStateError')
    return `Runs cannot be kept: this browser, or a private window, gives the page no storage. ${remedy}`;
  return `Runs cannot be kept (${message}). ${remedy}`;
}
