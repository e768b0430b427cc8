import { appendFile as append, open, readFile, rename, rm, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportOf } from '../../src/errors.ts';
import { codeOf, DamagedFileError, WriteError } from './failures.ts';

/**
 * Every write of a run's directory goes through here. What is said to be written has reached the disk (but for
 * `appendFile`, whose lines `flushFile` sees to), and what could not be written is a WriteError that names the file.
 */

/** Writes a file so that whatever happens, the old or the new one is there, whole. */
export async function replaceFile(path: string, contents: string | Uint8Array): Promise<void> {
  await moveFile(await writeBeside(path, contents), path);
}

/** Writes what is to replace a file later, and resolves with where it lies. */
export async function writeBeside(path: string, contents: string | Uint8Array): Promise<string> {
  const fresh = `${path}.new`;
  try {
    const file = await open(fresh, 'w');
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    // On a full disk what was written in vain would take the room that is missing.
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new WriteError(path, cause);
  }
  return fresh;
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

export async function appendFile(path: string, text: string): Promise<void> {
  try {
    await append(path, text);
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
    throw new DamagedFileError('FileReadError', `${path} cannot be read: ${reportOf(cause).message}.`, {
      cause,
    });
  }
}
