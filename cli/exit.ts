import { AppError } from '../src/errors.ts';
import { type Part, part } from '../src/report.ts';
import { DamagedInputError } from './inputFile.ts';
import { failureLine } from './told.ts';

/** How commands that read files end, besides with 0; `npm run train` ends alike. */
export const exitCodes = { failed: 1, usage: 2, damagedInput: 5 } as const;

/** How a command ends that failed. */
export interface Ending {
  readonly exitCode: number;
  /** A name and a sentence, never the words of a library alone. */
  readonly line: string;
}

/** @param doing what was under way, for a failure that nobody foresaw */
export function endingOf(thrown: unknown, doing: 'metrics' | 'parity' | 'data'): Ending {
  if (thrown instanceof AppError) {
    const damaged = thrown instanceof DamagedInputError;
    return { line: failureLine(thrown), exitCode: damaged ? exitCodes.damagedInput : exitCodes.usage };
  }
  return { line: failureLine(unforeseen(thrown, part(`doing.${doing}`))), exitCode: exitCodes.usage };
}

function unforeseen(thrown: unknown, doing: Part): AppError {
  if (outOfMemory(thrown)) return new AppError('OutOfMemoryError.command', { doing });
  const [words] = String(thrown).split('\n');
  return new AppError('UnexpectedError.command', { doing, words });
}

/** Engines name it in many ways: an array that cannot be made, or WebAssembly that may not grow. */
function outOfMemory(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return (
    /allocation failed|Invalid (typed )?array (buffer )?length|out of memory|memory access out of bounds|OOM/i.test(
      thrown.message,
    ) ||
    ('code' in thrown && thrown.code === 'ERR_MEMORY_ALLOCATION_FAILED')
  );
}
