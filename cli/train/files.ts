import { appendFile as append, mkdir, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../src/errors.ts';
import { ownWords } from '../told.ts';
import { codeOf, DamagedFileError, WriteError } from './failures.ts';

/**
 * Every write of a run's directory goes through here. What is said to be written has reached the disk (but for
 * `appendFile`, whose lines `flushFile` sees to), and what could not be written is a WriteError that names the file.
 */

type Contents = string | Uint8Array;

/**
 * Makes a directory, and those that it lies in, where they are not there.
 * @throws AppError RunDirectoryError where something else is there, and WriteError.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST' || codeOf(cause) === 'ENOTDIR')
      throw new AppError('RunDirectoryError.unusable', { path, words: ownWords(cause) }, { cause });
    throw new WriteError(path, cause);
  }
}

/** Writes a file so that whatever happens, the old or the new one is there, whole. */
export async function replaceFile(path: string, contents: Contents): Promise<void> {
  const [fresh] = await writeBeside([[path, contents]]);
  await moveFile(fresh, path);
}

/** Writes what is to replace files later, and resolves with where each lies; all or none. */
export async function writeBeside(files: readonly (readonly [path: string, Contents])[]): Promise<string[]> {
  const fresh = files.map(([path]) => `${path}.new`);
  for (const [at, [path, contents]] of files.entries())
    try {
      await writeThrough(fresh[at], contents);
    } catch (cause) {
      // On a full disk what was written in vain would take the room that is missing.
      for (const written of fresh) await rm(written, { force: true }).catch(() => undefined);
      throw new WriteError(path, cause);
    }
  return fresh;
}

async function writeThrough(path: string, contents: Contents): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Gives a file another name, where it takes the place of what is there. */
export async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
    await flushDirectory(dirname(to));
  } catch (cause) {
    throw new WriteError(to, cause);
  }
}

export async function appendFile(path: string, contents: Contents): Promise<void> {
  try {
    await append(path, contents);
  } catch (cause) {
    throw new WriteError(path, cause);
  }
}

export async function truncateFile(path: string, length: number): Promise<void> {
  try {
    await truncate(path, length);
  } catch (cause) {
    throw new WriteError(path, cause);
  }
}

/** Waits until a file's contents have reached the disk; one that is not there has none. */
export async function flushFile(path: string): Promise<void> {
  try {
    const file = await open(path, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw new WriteError(path, cause);
  }
}

/** Makes the names in a directory last, where the system can: Windows opens no directories. */
async function flushDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } catch (cause) {
    // Some network disks cannot do it for directories.
    if (codeOf(cause) !== 'EINVAL' && codeOf(cause) !== 'ENOTSUP') throw cause;
  } finally {
    await directory.close();
  }
}

/**
 * A file's bytes, or null where there is none.
 * @throws DamagedFileError where it is there and cannot be read.
 */
export async function readIfAny(path: string): Promise<Uint8Array | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return null;
    throw new DamagedFileError('FileReadError', { path, words: ownWords(cause) }, { cause });
  }
}
