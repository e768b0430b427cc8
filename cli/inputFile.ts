import { readFile } from 'node:fs/promises';
import { AppError } from '../src/errors.ts';

/** What is wrong inside a file that was named; its message begins with the file's path. */
export class DamagedInputError extends AppError {}

/** Why a file cannot be read, by the code that Node gives its errors. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check its name and folder',
  ENOTDIR: 'a part of its path is no folder. Check the path',
  EISDIR: 'it is a folder. Name a file in it',
  EACCES: 'you may not read it. Change its permissions or name another',
  EPERM: 'you may not read it. Change its permissions or name another',
  ELOOP: 'it is a link that leads back to itself. Name the file that it should lead to',
  ENAMETOOLONG: 'its path is too long. Check the path',
  EMFILE: 'too many files are open. Close some programs and try again',
  ENFILE: 'too many files are open. Close some programs and try again',
  ERR_FS_FILE_TOO_LARGE: 'it has more than 2 GB. Name a smaller one',
  ERR_INVALID_ARG_VALUE: 'its name holds a character that no name may have. Check its name',
  ENOMEM: 'there is no memory left. Close some programs and try again',
};

/**
 * Reads a file and what it holds.
 * @param parse throws an AppError for a file that it cannot use
 * @throws AppError FileError where it cannot be read; DamagedInputError, under the name that `parse` gave it.
 */
export async function readInput<T>(path: string, parse: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readBytes(path);
  try {
    return parse(bytes);
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    throw new DamagedInputError(
      cause.name,
      `${path}: ${cause.message} Make the file anew, or name another.`,
      { cause },
    );
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const reason = Object.hasOwn(reasons, code)
      ? reasons[code]
      : 'the disk or the system refused it. Copy it elsewhere and try again';
    throw new AppError('FileError', `${path} cannot be read: ${reason}.`, { cause });
  }
}
