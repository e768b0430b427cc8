import { AppError } from '../src/errors.ts';
import { readNumber } from '../src/settings/numbers/readNumber.ts';

/**
 * The whole number that an option was given.
 * @throws AppError UsageError naming the option, and both readings of what is ambiguous.
 */
export function wholeOption(
  option: string,
  text: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const reading = readNumber(text, 'whole');
  if (reading.kind === 'number' && Number.isSafeInteger(reading.value)) {
    const { value } = reading;
    if (value >= least && value <= most) return value;
  }
  if (reading.kind === 'refused' && reading.reason === 'ambiguous')
    throw new AppError('UsageError.problem', { option, problem: reading.message });
  if (most === Number.MAX_SAFE_INTEGER)
    throw new AppError('UsageError.wholeFrom', { option, least, given: text });
  throw new AppError('UsageError.wholeWithin', { option, least, most, given: text });
}
