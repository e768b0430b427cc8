import { AppError, reportOf } from '../../src/errors.ts';

/** How the command ends; `--help` and README tell the same. */
export const exitCodes = {
  done: 0,
  unexpected: 1,
  usage: 2,
  diverged: 3,
  notWritten: 4,
  damaged: 5,
} as const;

/** A file of a run that is not as it was written. Whoever throws it has changed nothing. */
export class DamagedFileError extends AppError {}

/** A file that could not be written; the message names it and says why. */
export class WriteError extends AppError {
  /** Whether no other file could be written either: the disk is full, or may only be read. */
  readonly wholeDisk: boolean;

  constructor(path: string, cause: unknown) {
    super('WriteError', `${path} could not be written: ${reasonOf(cause)}.`, { cause });
    this.wholeDisk = diskCodes.has(codeOf(cause));
  }
}

const diskCodes: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT', 'EROFS']);
const reasons: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'your quota on this disk is used up'],
  ['EROFS', 'the disk may only be read'],
  ['EACCES', 'you have no right to write it'],
  ['EPERM', 'you have no right to write it'],
]);

function reasonOf(cause: unknown): string {
  return reasons.get(codeOf(cause)) ?? reportOf(cause).message;
}

/** The code that Node gives its errors. */
export function codeOf(thrown: unknown): unknown {
  return thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
}

/** The exit code that tells what was thrown. */
export function exitCodeOf(thrown: unknown): number {
  if (thrown instanceof WriteError) return exitCodes.notWritten;
  if (thrown instanceof DamagedFileError) return exitCodes.damaged;
  return thrown instanceof AppError ? exitCodes.usage : exitCodes.unexpected;
}

/** A run that could not be done, and why. */
export interface FailedRun {
  readonly name: string;
  readonly thrown: unknown;
}

/** An error as a person reads it at the terminal. */
export function failureLine(thrown: unknown): string {
  const { name, message } = reportOf(thrown);
  return `${name}: ${message}`;
}
