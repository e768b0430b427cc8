import type { AlignmentScores } from '../../model/turn.ts';
import { formatList, formatQuantity } from '../format.ts';

interface ScoreWords {
  readonly key: keyof AlignmentScores;
  readonly name: string;
  /** Inside a sentence. */
  readonly said: string;
}

/** The scores in the order in which they are shown. */
export const scoreWords: readonly ScoreWords[] = [
  { key: 'mig', name: 'MIG', said: 'MIG' },
  { key: 'factorVae', name: 'FactorVAE metric', said: 'the FactorVAE metric' },
  { key: 'higgins', name: 'Higgins\u2019 metric', said: 'Higgins\u2019 metric' },
  { key: 'gaussianTotalCorrelation', name: 'Gaussian TC, nats', said: 'the Gaussian TC' },
];

/** A difference below this is called none: it is about what other votes would make of it. */
const leastChange = 0.02;

/** What a change of the code did to its scores, in one sentence: what was measured, and nothing else. */
export function changesOf(before: AlignmentScores, after: AlignmentScores): string {
  const moved: string[] = [];
  const held: string[] = [];
  for (const { key, said } of scoreWords) {
    const difference = after[key] - before[key];
    const text = formatQuantity(Math.abs(difference));
    if (!(Math.abs(difference) >= leastChange)) held.push(said);
    else moved.push(`${said} ${difference < 0 ? 'falls' : 'rises'} by ${text}`);
  }
  const parts = [
    ...moved,
    ...(held.length > 0 ? [`${formatList(held)} ${held.length > 1 ? 'hold' : 'holds'}`] : []),
  ];
  const sentence = parts.join('; ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
