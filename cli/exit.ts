import { AppError, type ErrorReport } from '../src/errors.ts';
import { DamagedInputError } from './inputFile.ts';

/** How commands that read files end, besides with 0; `npm run train` ends alike. */
export const exitCodes = { failed: 1, usage: 2, damagedInput: 5 } as const;

/** How a command ends that failed, and what it says: a name and a sentence, never the words of a library alone. */
export interface Ending extends ErrorReport {
  readonly exitCode: number;
}

/** @param doing what was under way, for a failure that nobody foresaw, as in "while it measured codes.safetensors" */
export function endingOf(thrown: unknown, doing: string): Ending {
  if (thrown instanceof AppError) {
    const { name, message } = thrown;
    const damaged = thrown instanceof DamagedInputError;
    return { name, message, exitCode: damaged ? exitCodes.damagedInput : exitCodes.usage };
  }
  if (outOfMemory(thrown))
    return {
      name: 'OutOfMemoryError',
      message: `The memory ran out ${doing}. Close other programs, or take a smaller file.`,
      exitCode: exitCodes.usage,
    };
  const [words] = String(thrown).split('\n');
  return {
    name: 'UnexpectedError',
    message: `The command failed ${doing}, by a fault of its own. Please report it with these words: ${words}`,
    exitCode: exitCodes.usage,
  };
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
