import { AppError } from '../src/errors.ts';

/** @throws AppError UsageError naming the option and what it may be. */
export function oneOf<Name extends string>(names: readonly Name[], value: string, option: string): Name {
  const found = names.find((name) => name === value);
  if (found) return found;
  throw new AppError('UsageError.oneOfMany', { option, names, given: value });
}
