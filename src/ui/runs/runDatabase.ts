import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import type { PresentRun } from './presentRun.ts';

/** A record as it lies in the browser. `record` may be of another release: it is parsed when it is read. */
export interface StoredRow {
  readonly key: string;
  readonly record: unknown;
  /** The name a person gave, in place of the record's own: it outlives the next save of a run that goes on. */
  readonly givenName?: string;
}

/** The checkpoint of a run: see files/checkpoint.ts. */
export interface StoredWeights {
  readonly key: string;
  readonly step: number;
  readonly savedAt: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A checkpoint to be kept, and what else goes with it in the same transaction. */
export interface KeptCopy {
  readonly weights: StoredWeights;
  /** For a safety copy of a run that a page is at. */
  readonly present?: PresentRun;
  /** What the run was forked from, which a reset leads to; once a run. */
  readonly start?: Uint8Array;
}

interface Schema extends DBSchema {
  runs: { key: string; value: StoredRow };
  /** The index gives time and step of each without reading its bytes. */
  weights: { key: string; value: StoredWeights; indexes: { saved: [number, number] } };
  /** The runs that pages are at, or were at when they ended: see presentRun.ts. */
  present: { key: string; value: { readonly key: string } };
  /** What the forks among those began from. */
  starts: { key: string; value: { readonly key: string; readonly bytes: Uint8Array } };
}

const stepSchema = z.number().int().nonnegative();

/**
 * Weights are kept of so many runs, those saved last: with `paper` they are 60 MB a run. Those of present runs
 * stay.
 */
export const mostWeights = 8;

const databaseName = 'factorvae-playground';
const databaseVersion = 2;
/** A browser that has not opened its storage by then will not: some never answer. */
const openMs = 8000;

/** The records of runs in this browser's IndexedDB. Everything may reject: see `storageReport`. */
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
    const stores = ['runs', 'weights', 'present', 'starts'] as const;
    const transaction = (await this.#open()).transaction(stores, 'readwrite');
    const opened = stores.map((name) => transaction.objectStore(name));
    await Promise.all(keys.flatMap((key) => opened.map((store) => store.delete(key))));
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

  /** @throws AppError DamagedWeightsError for a row that no release has written. */
  async readWeights(key: string): Promise<StoredWeights | undefined> {
    const row = await (await this.#open()).get('weights', key);
    if (row && !(stepSchema.safeParse(row.step).success && row.bytes instanceof Uint8Array))
      throw new AppError('DamagedWeightsError');
    return row;
  }

  /** What a present run was forked from. */
  async readStart(key: string): Promise<Uint8Array | null> {
    const bytes = (await (await this.#open()).get('starts', key))?.bytes;
    return bytes instanceof Uint8Array ? bytes : null;
  }

  /** The rows of present runs, to be parsed: see `presentRunSchema`. */
  async presentRows(): Promise<readonly { readonly key: string }[]> {
    return (await this.#open()).getAll('present');
  }

  /**
   * Puts weights in place of the run's earlier ones, with what goes with them; the oldest beyond `mostWeights` go,
   * but for those of present runs.
   */
  async writeCopy({ weights, present, start }: KeptCopy): Promise<void> {
    const database = await this.#open();
    const transaction = database.transaction(['weights', 'present', 'starts'], 'readwrite');
    const store = transaction.objectStore('weights');
    const presents = transaction.objectStore('present');
    await store.put(weights);
    if (present) await presents.put(present);
    if (start) await transaction.objectStore('starts').put({ key: weights.key, bytes: start });
    const inUse = new Set(await presents.getAllKeys());
    const keys = (await store.index('saved').getAllKeys()).filter((key) => !inUse.has(key));
    await Promise.all(keys.slice(0, -mostWeights).map((key) => store.delete(key)));
    await transaction.done;
  }

  /** No page is at the run any more. */
  async endPresent(key: string, keepWeights: boolean): Promise<void> {
    const transaction = (await this.#open()).transaction(['weights', 'present', 'starts'], 'readwrite');
    await transaction.objectStore('present').delete(key);
    await transaction.objectStore('starts').delete(key);
    if (!keepWeights) await transaction.objectStore('weights').delete(key);
    await transaction.done;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#opened ??= inTime(this.#openNow()).catch((thrown: unknown) => {
      this.#opened = null;
      throw thrown;
    });
    return this.#opened;
  }

  /** Throws what the browser throws where it forbids storage. */
  async #openNow(): Promise<IDBPDatabase<Schema>> {
    return openDB<Schema>(this.#name, databaseVersion, {
      upgrade(database, before) {
        if (before < 1) {
          database.createObjectStore('runs', { keyPath: 'key' });
          const weights = database.createObjectStore('weights', { keyPath: 'key' });
          weights.createIndex('saved', ['savedAt', 'step']);
        }
        database.createObjectStore('present', { keyPath: 'key' });
        database.createObjectStore('starts', { keyPath: 'key' });
      },
      // Another tab of a newer release waits for this one to let go; the next call opens it again.
      blocking: (_current, _blocked, event) => {
        this.#opened = null;
        if (event.target instanceof IDBDatabase) event.target.close();
      },
      terminated: () => {
        this.#opened = null;
      },
    });
  }
}

async function inTime<Result>(promise: Promise<Result>): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('StorageError.silent')), openMs);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
