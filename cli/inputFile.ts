import { readFile } from 'node:fs/promises';
import { AppError, type ErrorCode } from '../src/errors.ts';

/** What is wrong inside a file that was named, under the name of what its reader found. */
export class DamagedInputError extends AppError<'DamagedInputError'> {
  constructor(path: string, cause: AppError) {
    super('DamagedInputError', { path, problem: cause.report }, { cause });
    this.name = cause.name;
  }
}

type FileErrorCode = Extract<ErrorCode, `FileError.${string}`>;

/** Why a file cannot be read, by the code that Node gives its errors. */
const codes: Readonly<Record<string, FileErrorCode>> = {
  ENOENT: 'FileError.missing',
  ENOTDIR: 'FileError.noFolder',
  EISDIR: 'FileError.folder',
  EACCES: 'FileError.forbidden',
  EPERM: 'FileError.forbidden',
  ELOOP: 'FileError.loop',
  ENAMETOOLONG: 'FileError.longPath',
  EMFILE: 'FileError.tooManyOpen',
  ENFILE: 'FileError.tooManyOpen',
  ERR_FS_FILE_TOO_LARGE: 'FileError.tooLarge',
  ERR_INVALID_ARG_VALUE: 'FileError.name',
  ENOMEM: 'FileError.memory',
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
    throw new DamagedInputError(path, cause);
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw fileError(path, cause);
  }
}

/** What a person is told of a file that Node could not read. */
export function fileError(path: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new AppError(Object.hasOwn(codes, code) ? codes[code] : 'FileError.refused', { path }, { cause });
}
