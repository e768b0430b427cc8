import { AppError } from '../../src/errors.ts';
import { plainCharacters } from '../../src/settings/numbers/characters.ts';
import { commaReadings, listed, tidied } from '../../src/settings/numbers/readNumber.ts';
import type { Setting } from './settings.ts';

/**
 * The runs that an option's text asks for. A comma parts runs, but not silently where it may be part of a number: a reading
 * counts where the setting allows it, and where two do the text is refused. A semicolon (in quotes, for the shell) always
 * parts runs. docs/numbers.md has the rules.
 * @throws AppError UsageError naming the option and both readings.
 */
export function sweepTexts(setting: Setting, text: string): string[] {
  // A name may have any characters.
  if (setting.field.allowed.kind === 'dataSet') return [text];
  const plain = plainCharacters(text).trim();
  if (plain.includes(';')) return partsOf(plain, ';');
  if (!plain.includes(',')) return [text];
  switch (setting.field.allowed.kind) {
    case 'word':
      return partsOf(plain, ',');
    case 'number':
    case 'oneOf':
      return numbers(setting, plain);
    case 'list':
      return lists(setting, plain);
  }
}

/** @throws AppError UsageError where two parts of a list are the same value. */
export function refuseRepeats(option: string, texts: readonly string[], values: readonly unknown[]): void {
  const said = values.map((value) => JSON.stringify(value));
  const again = said.findIndex((value, at) => said.indexOf(value) !== at);
  if (again < 0) return;
  const [first, second] = [texts[said.indexOf(said[again])], texts[again]].map((text) => text.trim());
  if (first === second) throw new AppError('UsageError.listedTwice', { option, text: first });
  throw new AppError('UsageError.sameValue', { option, first, second });
}

const partsOf = (text: string, mark: string) => text.split(mark).map((part) => part.trim());

/**
 * Of 3,6 and 2,5 the list is the usual meaning; but 4,500 is how many write thousands, 0,5 how they write a half, and 001 is no
 * number that anyone lists.
 */
function numbers(setting: Setting, plain: string): string[] {
  const runs = partsOf(plain, ',');
  const spareZero = runs.slice(1).find((part) => /^0\d/.test(part));
  const { grouped, decimal } = commaReadings(plain);
  const likely = [grouped, spareZero !== undefined || /^[+-]?0$/.test(runs[0]) ? decimal : null];
  const readings = likely.filter((digits) => digits !== null);
  // A reading that the setting does not allow is none.
  const meant = readings.find(setting.accepts) ?? (spareZero === undefined ? undefined : readings[0]);
  if (meant !== undefined) {
    const number = tidied(meant);
    throw new AppError('UsageError.numberOrRuns', {
      option: setting.option,
      text: plain,
      number,
      list: listed(runs),
      runs: runs.map(tidied),
      count: runs.length,
    });
  }
  if (spareZero !== undefined)
    throw new AppError('UsageError.spareZero', { option: setting.option, part: spareZero, text: plain });
  return runs;
}

function lists(setting: Setting, plain: string): string[] {
  const runs = partsOf(plain, ',');
  if (!runs.every(setting.accepts)) return [plain];
  // Marks inside the parts tell that the commas between them part runs.
  if (runs.some((run) => /[\s_]/.test(run)) || !setting.accepts(plain)) return runs;
  throw new AppError('UsageError.listOrRuns', {
    option: setting.option,
    text: plain,
    list: listed(runs),
    single: runs.join('_'),
    runs,
    count: runs.length,
  });
}
