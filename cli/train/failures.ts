import { AppError, type ErrorCode } from '../../src/errors.ts';
import { ownWords } from '../told.ts';

/** How the command ends; `--help` and README tell the same. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  usage: 2,
  diverged: 3,
  notWritten: 4,
  damaged: 5,
  /** Of a sweep that was gathered. */
  unfinished: 6,
} as const;

/** A file of a run that is not as it was written. Whoever throws it has changed nothing. */
export class DamagedFileError<Code extends ErrorCode = ErrorCode> extends AppError<Code> {}

type WriteErrorCode = Extract<ErrorCode, `WriteError.${string}`>;

/** A file that could not be written; the message names it and says why. */
export class WriteError extends AppError<WriteErrorCode> {
  /** Whether no other file could be written either: the disk is full, or may only be read. */
  readonly wholeDisk: boolean;

  constructor(path: string, cause: unknown) {
    const code = codes.get(codeOf(cause));
    super(code ?? 'WriteError.other', { path, words: ownWords(cause) }, { cause });
    this.wholeDisk = diskCodes.has(codeOf(cause));
  }
}

const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
const codes: ReadonlyMap<unknown, WriteErrorCode> = new Map([
  ['ENOSPC', 'WriteError.full'],
  ['EDQUOT', 'WriteError.quota'],
  ['EROFS', 'WriteError.readOnly'],
  ['EACCES', 'WriteError.forbidden'],
  ['EPERM', 'WriteError.forbidden'],
]);

/** The code that Node gives its errors. */
export function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}

/** What a run's own process said last, with its exit code. */
export class JobError extends Error {
  readonly exitCode: number;

  /** @param line an error's name and sentence, as the command prints it */
  constructor(line: string, exitCode: number) {
    const [, name, sentence] = /^(\w+): (.*)$/s.exec(line) ?? [];
    super(sentence ?? line);
    this.name = name ?? 'JobError';
    this.exitCode = exitCode;
  }
}

/** The exit code that tells what was thrown. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof JobError) return thrown.exitCode;
  if (thrown instanceof WriteError) return exitCodes.notWritten;
  if (thrown instanceof DamagedFileError) return exitCodes.damaged;
  return thrown instanceof AppError ? exitCodes.usage : exitCodes.unexpected;
}

/** A run that could not be done, and why. */
export interface FailedRun {
  readonly name: string;
  readonly thrown: unknown;
}
