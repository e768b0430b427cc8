import type { LiveKey } from '../config/schema.ts';
import { settingLabel, shortText } from '../locale/settingWords.ts';
import type { Move } from '../record/moves.ts';
import { formatCount, formatSetting } from './format.ts';

/** A setting's label at the beginning of a sentence. */
function nameOf(key: LiveKey): string {
  const label = settingLabel(key);
  return label[0].toUpperCase() + label.slice(1);
}

/** A move in a few signs, for a mark: "γ 0 → 10". */
export function moveLabel({ key, from, to }: Move): string {
  return `${shortText(key, from)} → ${formatSetting(to)}`;
}

/** A move in a sentence: "Gamma changed from 0 to 10 at step 1 576". */
export function moveSentence(move: Move): string {
  const { key, from, to, firstStep, lastStep } = move;
  const values = `from ${formatSetting(from)} to ${formatSetting(to)}`;
  return firstStep === lastStep
    ? `${nameOf(key)} changed ${values} at step ${formatCount(firstStep)}`
    : `${nameOf(key)} moved ${values}, steps ${formatCount(firstStep)} to ${formatCount(lastStep)}`;
}
