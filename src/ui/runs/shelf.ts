import { createStore } from 'zustand/vanilla';
import { AppError, type ErrorReport, reportOf } from '../../errors.ts';
import { recordBounds } from '../../record/bounds.ts';
import { parseRuns, recordName, runKey } from '../../record/runFile.ts';
import { type RunRecord, readRunRecord } from '../../record/runRecord.ts';
import { part } from '../../report.ts';
import { type CopyStore, DirectCopies } from './copyStore.ts';
import type { KeptCopy, RunDatabase } from './runDatabase.ts';
import { storageReport } from './storageProblem.ts';

export interface ShelvedRun {
  /** See `runKey`. */
  readonly key: string;
  /** Under the name that a person gave, if any. */
  readonly record: RunRecord;
}

/** A record in storage that this release cannot read: of another release, or damaged. */
export interface UnreadableRun {
  readonly key: string;
  /** What is wrong with it, with its name. */
  readonly reason: ErrorReport;
}

export interface ShelfState {
  readonly status: 'unread' | 'loading' | 'ready';
  /** By the time they began, oldest first. */
  readonly runs: readonly ShelvedRun[];
  readonly unreadable: readonly UnreadableRun[];
  /** The step of the weights that are kept of a run, by its key. */
  readonly weights: ReadonlyMap<string, number>;
  /** Why runs are not kept beyond this page, until they are; null while nothing was refused. */
  readonly problem: ErrorReport | null;
  /** The runs whose last state storage has refused. */
  readonly unsaved: readonly string[];
}

export interface ImportResult {
  readonly added: number;
  /** The same run was here, with fewer steps. */
  readonly updated: number;
  readonly known: number;
  /** What is wrong with each file or record that could not be read. */
  readonly problems: readonly ErrorReport[];
  readonly keys: readonly string[];
}

/**
 * All runs that can be compared. Memory comes first and storage follows, so that nothing is lost where the browser
 * keeps nothing. Every run has a key of its own, so tabs do not overwrite each other; they tell each other what
 * changed.
 */
export class RunShelf {
  readonly state = createStore<ShelfState>(() => ({
    status: 'unread',
    runs: [],
    unreadable: [],
    weights: new Map(),
    problem: null,
    unsaved: [],
  }));
  readonly #database: RunDatabase;
  readonly #otherTabs: BroadcastChannel | null;
  readonly #copies: CopyStore;
  /** Runs whose weights storage has refused. */
  readonly #unsavedWeights = new Set<string>();

  constructor(
    database: RunDatabase,
    otherTabs: BroadcastChannel | null,
    copies: CopyStore = new DirectCopies(database),
  ) {
    this.#database = database;
    this.#otherTabs = otherTabs;
    this.#copies = copies;
    otherTabs?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (Array.isArray(data) && this.state.getState().status === 'ready')
        void this.#read(async () => {
          for (const key of data) if (typeof key === 'string') await this.#load(key);
          await this.#loadWeightSteps();
        });
    });
  }

  /** Reads what is stored, the first time; one record a task, for a hundred of them take long to check. */
  async load(): Promise<void> {
    if (this.state.getState().status !== 'unread') return;
    this.state.setState({ status: 'loading' });
    await this.#read(async () => {
      for (const key of await this.#database.keys()) await this.#load(key);
      await this.#loadWeightSteps();
    });
    this.state.setState({ status: 'ready' });
  }

  /**
   * Takes up a run as it is now, under its key; in memory only where `store` is false. Resolves to whether it is
   * stored.
   */
  async put(record: RunRecord, { store = true } = {}): Promise<boolean> {
    const key = runKey(record);
    const shelved = this.find(key);
    this.#shelve(key, shelved ? { ...record, name: shelved.record.name } : record);
    return store && this.#write(key, record);
  }

  find(key: string): ShelvedRun | undefined {
    return this.state.getState().runs.find((run) => run.key === key);
  }

  /** A name that is longer than a record may have is cut. */
  async rename(key: string, given: string): Promise<void> {
    const name = given.slice(0, recordBounds.text);
    const record = this.find(key)?.record;
    if (!record || record.name === name) return;
    const renamed = { ...record, name };
    this.#shelve(key, renamed);
    await this.#write(key, renamed, name);
  }

  /** Resolves with what `restore` brings back. */
  async remove(keys: readonly string[]): Promise<readonly ShelvedRun[]> {
    const { runs, unreadable } = this.state.getState();
    const gone = (key: string) => keys.includes(key);
    this.state.setState({
      runs: runs.filter(({ key }) => !gone(key)),
      unreadable: unreadable.filter(({ key }) => !gone(key)),
    });
    await this.#read(() => this.#database.remove(keys));
    this.#otherTabs?.postMessage(keys);
    for (const key of keys) this.#unsavedWeights.delete(key);
    this.state.setState(({ unsaved }) => ({ unsaved: unsaved.filter((key) => !gone(key)) }));
    await this.#saveAgain();
    return runs.filter(({ key }) => gone(key));
  }

  async restore(runs: readonly ShelvedRun[]): Promise<void> {
    for (const { key, record } of runs) {
      this.#shelve(key, record);
      await this.#write(key, record, record.name);
    }
  }

  /**
   * Keeps what a fork of the run begins from, and what else belongs to it. Resolves with the bytes of the weights,
   * which may be away until then.
   */
  async putCopy(copy: KeptCopy): Promise<Uint8Array<ArrayBuffer>> {
    const { key } = copy.weights;
    const { bytes, error } = await this.#copies.write(copy);
    if (error === null) {
      this.#unsavedWeights.delete(key);
      this.#settle();
      await this.#read(() => this.#loadWeightSteps());
      this.#otherTabs?.postMessage([key]);
    } else {
      this.#unsavedWeights.add(key);
      this.state.setState({ problem: storageReport(error) });
    }
    return bytes;
  }

  /** Tells what another part of the page met in storage. */
  noteProblem(problem: ErrorReport): void {
    this.state.setState({ problem });
  }

  /** No page is at the run any more. Its weights stay if the run is kept. */
  async endPresent(key: string): Promise<void> {
    await this.#read(() => this.#copies.end(key, this.find(key) !== undefined));
    if (this.find(key)) return;
    this.#unsavedWeights.delete(key);
    this.#settle();
  }

  /**
   * What a fork of a run begins from; null where nothing is kept.
   * @throws AppError where storage refuses, or what it has is damaged.
   */
  async weights(
    key: string,
  ): Promise<{ readonly step: number; readonly bytes: Uint8Array<ArrayBuffer> } | null> {
    try {
      return (await this.#database.readWeights(key)) ?? null;
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      console.warn('Storage refused:', thrown);
      throw new AppError('StorageReadError');
    }
  }

  /** Takes up the runs in the texts of files. Of a run that is here already, the longer record stays. */
  async importFiles(
    files: readonly { readonly name: string; readonly text: string }[],
  ): Promise<ImportResult> {
    const keys: string[] = [];
    const problems: ErrorReport[] = [];
    const counts = { added: 0, updated: 0, known: 0 };
    for (const { name, text } of files) {
      const read = parseRuns(text, name);
      problems.push(...read.problems);
      for (const record of read.records) {
        const key = runKey(record);
        const here = this.find(key);
        keys.push(key);
        if (here && here.record.steps >= record.steps) {
          counts.known++;
          continue;
        }
        counts[here ? 'updated' : 'added']++;
        await this.put(record);
      }
    }
    return { ...counts, problems, keys };
  }

  async #load(key: string): Promise<void> {
    await this.#read(async () => {
      const row = await this.#database.read(key);
      this.#forget(key);
      if (!row) return;
      try {
        const given = row.givenName ?? recordName(row.record);
        const record = readRunRecord(
          row.record,
          given === null ? part('source.stored') : part('source.namedStored', { name: given }),
        );
        this.#shelve(key, { ...record, name: row.givenName ?? record.name });
      } catch (thrown) {
        const reason = reportOf(thrown);
        this.state.setState(({ unreadable }) => ({ unreadable: [...unreadable, { key, reason }] }));
      }
    });
  }

  async #loadWeightSteps(): Promise<void> {
    this.state.setState({ weights: await this.#database.weightSteps() });
  }

  #forget(key: string): void {
    this.state.setState(({ runs, unreadable }) => ({
      runs: runs.filter((run) => run.key !== key),
      unreadable: unreadable.filter((run) => run.key !== key),
    }));
  }

  #shelve(key: string, record: RunRecord): void {
    this.state.setState(({ runs }) => ({
      runs: [...runs.filter((run) => run.key !== key), { key, record }].sort((a, b) =>
        a.record.startedAt < b.record.startedAt ? -1 : a.record.startedAt > b.record.startedAt ? 1 : 0,
      ),
    }));
  }

  async #write(key: string, record: RunRecord, givenName?: string): Promise<boolean> {
    try {
      await this.#database.write(key, record, givenName);
      this.state.setState(({ unsaved }) => ({ unsaved: unsaved.filter((other) => other !== key) }));
      this.#settle();
      this.#otherTabs?.postMessage([key]);
      return true;
    } catch (thrown) {
      this.state.setState(({ unsaved }) => ({
        unsaved: [...unsaved.filter((other) => other !== key), key],
        problem: storageReport(thrown),
      }));
      return false;
    }
  }

  /** Once room was made: what was refused before is offered again. */
  async #saveAgain(): Promise<void> {
    for (const key of this.state.getState().unsaved) {
      const run = this.find(key);
      if (run) await this.#write(key, run.record, run.record.name);
    }
    this.#settle();
  }

  /** Only what is stored ends the notice, not what can be read. */
  #settle(): void {
    const { unsaved, problem } = this.state.getState();
    if (problem !== null && unsaved.length === 0 && this.#unsavedWeights.size === 0)
      this.state.setState({ problem: null });
  }

  /** What storage refuses is told; the page goes on without it. */
  async #read(task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      this.state.setState({ problem: storageReport(thrown) });
    }
  }
}
