import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { link, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../src/errors.ts';
import { codeOf, WriteError } from './failures.ts';
import { machineName, markOf, stillRuns } from './processes.ts';

/**
 * run.lock: one process at a time writes to a run's directory. The file tells which one; that it still runs is told
 * by the file's time, which it renews (the heartbeat), and on the same machine by the process itself. Times are
 * those of the file's disk, so the clocks of hosts that share one need not agree.
 */
const lockName = 'run.lock';
const takeoverName = 'run.lock.takeover';

const holderSchema = z.object({
  host: z.string(),
  machine: z.string(),
  pid: z.number().int().positive(),
  /** See ProcessMark. */
  began: z.string().nullable(),
  since: z.string(),
  token: z.string(),
});
export type Holder = z.infer<typeof holderSchema>;

/** Milliseconds. */
export const lockTimes = { beat: 10_000, stale: 120_000 } as const;

/**
 * Whether a lock's holder is gone. One of this machine is judged by its process, where that can be told from a later
 * one with its id; any other, and a file that cannot be read, by its heartbeat alone.
 * @param age milliseconds since the last heartbeat
 */
export function isStale(holder: Holder | null, age: number, machine = machineName()): boolean {
  const runs = holder?.machine === machine ? stillRuns(holder) : undefined;
  return runs === undefined ? age > lockTimes.stale : !runs;
}

export class RunLock {
  readonly #path: string;
  readonly #text: string;
  readonly #timer: NodeJS.Timeout;
  readonly #onExit: () => void;
  readonly #now: () => number;
  #beatAt: number;
  #lost: AppError | null = null;

  private constructor(path: string, text: string, now: () => number) {
    this.#path = path;
    this.#text = text;
    this.#now = now;
    this.#beatAt = now();
    this.#timer = setInterval(() => void this.#beat(), lockTimes.beat).unref();
    // However the process ends, as long as it may still do something.
    this.#onExit = () => {
      if (existsSync(path) && readFileSync(path, 'utf8') === text) rmSync(path, { force: true });
    };
    process.on('exit', this.#onExit);
  }

  /**
   * @param now a clock that does not stop while the machine sleeps
   * @throws AppError RunLockedError while another process has the directory, and WriteError.
   */
  static async take(directory: string, now: () => number = Date.now): Promise<RunLock> {
    const path = join(directory, lockName);
    const text = `${JSON.stringify(ownHolder())}\n`;
    // Again, as a lock that is there at first may be given back meanwhile.
    for (let attempt = 0; attempt < 4; attempt++) {
      if (!(await create(path, text)) && !(await takeOver(directory, path, text))) continue;
      await sweep(directory);
      return new RunLock(path, text, now);
    }
    throw locked(directory, holderIn(await textOf(path)));
  }

  /**
   * To be called before every write: a process that slept, as on a closed laptop, may have lost its lock.
   * @throws AppError RunLockedError
   */
  async assertHeld(): Promise<void> {
    if (this.#now() - this.#beatAt > lockTimes.stale / 2) await this.#beat();
    if (this.#lost) throw this.#lost;
  }

  async release(): Promise<void> {
    clearInterval(this.#timer);
    process.off('exit', this.#onExit);
    if ((await textOf(this.#path)) === this.#text) await rm(this.#path, { force: true });
  }

  /** Renews the file's time by writing what is in it. */
  async #beat(): Promise<void> {
    try {
      if ((await textOf(this.#path)) !== this.#text) {
        this.#lose();
        return;
      }
      const file = await open(this.#path, 'r+');
      try {
        await file.write(this.#text, 0);
      } finally {
        await file.close();
      }
      this.#beatAt = this.#now();
    } catch {
      // A disk that cannot be written now is told by the next write of the run itself.
    }
  }

  #lose(): void {
    process.off('exit', this.#onExit);
    this.#lost ??= new AppError('RunLockedError.lost', { path: this.#path });
  }
}

function ownHolder(): Holder {
  const { pid, began } = markOf(process.pid);
  return {
    host: hostname(),
    machine: machineName(),
    pid,
    began,
    since: new Date().toISOString(),
    token: randomUUID(),
  };
}

/** Makes a file that must not be there yet, all of it at once; false where it is. */
async function create(path: string, text: string): Promise<boolean> {
  const beside = `${path}.${randomUUID()}`;
  try {
    await writeFile(beside, text, { flag: 'wx' });
    await link(beside, path).catch(async (cause) => {
      if (codeOf(cause) === 'EEXIST') throw cause;
      // A disk without links: who is killed just here leaves an empty file, which counts until it is old.
      await writeFile(path, text, { flag: 'wx' });
    });
    return true;
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false;
    throw new WriteError(path, cause);
  } finally {
    await rm(beside, { force: true }).catch(() => undefined);
  }
}

/**
 * Takes a stale lock's place; false where it may be tried again. Only one process at a time judges and replaces: the
 * one that could make a second file, which then becomes the lock.
 * @throws AppError RunLockedError
 */
async function takeOver(directory: string, path: string, text: string): Promise<boolean> {
  const fresh = join(directory, takeoverName);
  if (!(await create(fresh, text))) {
    await clearStale(directory, fresh);
    return false;
  }
  try {
    const [now, beat] = [await timeOf(fresh), await timeOf(path)];
    if (now === null || beat === null) return false;
    const holder = holderIn(await textOf(path));
    if (!isStale(holder, now - beat)) throw locked(directory, holder);
    await rename(fresh, path);
    return (await textOf(path)) === text;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return false;
    throw thrown;
  } finally {
    if ((await textOf(fresh)) === text) await rm(fresh, { force: true });
  }
}

/**
 * Takes away the second file of a process that was killed while it judged.
 * @throws AppError RunLockedError where it still does.
 */
async function clearStale(directory: string, fresh: string): Promise<void> {
  const [judged, time] = [await textOf(fresh), await timeOf(fresh)];
  if (judged === null || time === null) return;
  const holder = holderIn(judged);
  if (!isStale(holder, Date.now() - time)) throw locked(directory, holder);
  // Another process may do the same and be further: its own file is given back.
  const aside = `${fresh}.${randomUUID()}`;
  await rename(fresh, aside).catch(() => undefined);
  const taken = await textOf(aside);
  if (taken !== null && taken !== judged) await link(aside, fresh).catch(() => undefined);
  await rm(aside, { force: true });
}

/** What others left behind that were killed while they wanted the lock. */
async function sweep(directory: string): Promise<void> {
  for (const name of await readdir(directory))
    if (name.startsWith(`${lockName}.`)) await rm(join(directory, name), { force: true });
}

function holderIn(text: string | null): Holder | null {
  try {
    return holderSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

async function timeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return null;
    throw thrown;
  }
}

function locked(directory: string, holder: Holder | null): AppError {
  const facts = { path: directory, minutes: lockTimes.stale / 60_000 };
  if (!holder) return new AppError('RunLockedError.unknown', facts);
  const { pid, host, since } = holder;
  return new AppError('RunLockedError.known', { ...facts, pid, host, since });
}
