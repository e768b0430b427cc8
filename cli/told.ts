import { AppError } from '../src/errors.ts';
import { word } from '../src/locale/word.ts';

/** What a person at a terminal reads of an error: ours in words, a system's or a library's as it says itself. */
export function told(thrown: unknown): string {
  return thrown instanceof AppError ? word(thrown.report) : ownWords(thrown);
}

/** What a system or a library says itself. */
export function ownWords(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** An error in a line of its own, with its name. */
export function failureLine(thrown: unknown): string {
  return `${thrown instanceof Error ? thrown.name : 'UnknownError'}: ${told(thrown)}`;
}
