import type { ErrorReport, Part, Report, Stage, Value } from '../report.ts';
import { commandErrors, commandParts } from './en/commands.ts';
import { errors } from './en/errors.ts';
import { factors } from './en/factors.ts';
import { numbers } from './en/numbers.ts';
import { parts, separators } from './en/parts.ts';
import { progress } from './en/progress.ts';
import { fill } from './fill.ts';
import { groupedDigits } from './groupedDigits.ts';

const messages: Readonly<Record<Report['code'], string>> = {
  ...errors,
  ...commandErrors,
  ...parts,
  ...numbers,
  ...commandParts,
  ...factors,
};

/** A report in words, for a person. */
export function word({ code, values }: Report): string {
  return fill(messages[code], values, shown);
}

export function wordStage(stage: Stage): string {
  return progress[stage];
}

function shown(value: Value, way = 'commas'): string {
  if (typeof value === 'number') return shownNumber(value, way);
  if (typeof value === 'string') return value;
  if (isList(value)) return value.map((item) => shown(item)).join(separatorOf(way));
  return word(value);
}

function shownNumber(value: number, way: string): string {
  switch (way) {
    case 'count':
      return groupedDigits(value.toFixed(0));
    case 'tenths':
      return value.toFixed(1);
    case 'hundredths':
      return value.toFixed(2);
    case 'mebibytes':
      return `${groupedDigits((value / 2 ** 20).toFixed(0))} MiB`;
    default:
      return String(value);
  }
}

function isList(
  value: ErrorReport | Part | readonly unknown[],
): value is readonly (string | number | Report)[] {
  return Array.isArray(value);
}

function separatorOf(way: string): string {
  const known: Readonly<Record<string, string>> = separators;
  return known[way] ?? separators.commas;
}
