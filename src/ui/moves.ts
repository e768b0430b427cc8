import type { Player } from '../config/players.ts';
import type { LiveKey } from '../config/schema.ts';
import { playerNames } from '../locale/en/players.ts';
import { settingLabel, shortText } from '../locale/settingWords.ts';
import type { AnyMove } from '../record/moves.ts';
import { formatCount, formatSetting } from './format.ts';

/** A setting's label at the beginning of a sentence. */
function nameOf(key: LiveKey): string {
  const label = settingLabel(key);
  return label[0].toUpperCase() + label.slice(1);
}

/** What was moved: a setting, or the player that learned alone. */
export function movedWhat(move: AnyMove): LiveKey | Player {
  return 'key' in move ? move.key : move.player;
}

/** A move in a few signs, for a mark: "γ 0 → 10". */
export function moveLabel(move: AnyMove): string {
  if (!('key' in move)) return `only ${playerNames[move.player].short}`;
  return `${shortText(move.key, move.from)} → ${formatSetting(move.to)}`;
}

/** A move in a sentence: "Gamma changed from 0 to 10 at step 1 576". */
export function moveSentence(move: AnyMove): string {
  const { firstStep, lastStep } = move;
  const isOne = firstStep === lastStep;
  if (!('key' in move)) {
    const where = isOne
      ? `in step ${formatCount(firstStep)}`
      : `in steps ${formatCount(firstStep)} to ${formatCount(lastStep)}`;
    return `Only ${playerNames[move.player].name} learned ${where}`;
  }
  const { key, from, to } = move;
  const values = `from ${formatSetting(from)} to ${formatSetting(to)}`;
  return isOne
    ? `${nameOf(key)} changed ${values} at step ${formatCount(firstStep)}`
    : `${nameOf(key)} moved ${values}, steps ${formatCount(firstStep)} to ${formatCount(lastStep)}`;
}
