import { expect, test } from 'vitest';
import type { Move } from '../record/moves.ts';
import { moveLabel, moveSentence } from './moves.ts';

test.each<[Move, string, string]>([
  [
    { key: 'gamma', from: 0, to: 10, firstStep: 1576, lastStep: 1576 },
    'γ 0 → 10',
    'Gamma changed from 0 to 10 at step 1\u2009576',
  ],
  [
    { key: 'gamma', from: 17.53, to: 0, firstStep: 998, lastStep: 1610 },
    'γ 17.53 → 0',
    'Gamma moved from 17.53 to 0, steps 998 to 1\u2009610',
  ],
  [
    { key: 'learningRate', from: 1e-3, to: 1e-5, firstStep: 7, lastStep: 7 },
    'lr 0.001 → 1e-5',
    'Learning rate changed from 0.001 to 1e-5 at step 7',
  ],
  [
    { key: 'beta', from: 4, to: 4, firstStep: 3, lastStep: 9 },
    'β 4 → 4',
    'Beta moved from 4 to 4, steps 3 to 9',
  ],
])('%j reads "%s"', (move, label, sentence) => {
  expect(moveLabel(move)).toBe(label);
  expect(moveSentence(move)).toBe(sentence);
});

test('steps of one player say who learned, and when', () => {
  const alone = { player: 'discriminator', firstStep: 1200, lastStep: 1200 } as const;
  expect(moveLabel(alone)).toBe('only D');
  expect(moveSentence(alone)).toMatch(/^Only the discriminator learned in step 1.200$/);
  expect(moveSentence({ ...alone, player: 'vae', lastStep: 1203 })).toMatch(
    /^Only the VAE learned in steps 1.200 to 1.203$/,
  );
});
