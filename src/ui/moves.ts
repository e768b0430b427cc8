import type { LiveKey } from '../config/schema.ts';
import type { Move } from '../record/moves.ts';
import { formatCount, formatSetting } from './format.ts';

const names: Readonly<Record<LiveKey, string>> = {
  gamma: 'Gamma',
  beta: 'Beta',
  learningRate: 'Learning rate',
  discriminatorLearningRate: 'Discriminator learning rate',
};

const symbols: Readonly<Record<LiveKey, string>> = {
  gamma: 'γ',
  beta: 'β',
  learningRate: 'lr',
  discriminatorLearningRate: 'lr D',
};

/** A move in a few signs, for a mark: "γ 0 → 10". */
export function moveLabel({ key, from, to }: Move): string {
  return `${symbols[key]} ${formatSetting(from)} → ${formatSetting(to)}`;
}

/** A move in a sentence: "Gamma changed from 0 to 10 at step 1 576". */
export function moveSentence(move: Move): string {
  const { key, from, to, firstStep, lastStep } = move;
  const values = `from ${formatSetting(from)} to ${formatSetting(to)}`;
  return firstStep === lastStep
    ? `${names[key]} changed ${values} at step ${formatCount(firstStep)}`
    : `${names[key]} moved ${values}, steps ${formatCount(firstStep)} to ${formatCount(lastStep)}`;
}
