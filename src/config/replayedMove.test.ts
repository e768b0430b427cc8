import { describe, expect, test } from 'vitest';
import { holdsMove, type ReplayedMove, readMoves, writeMoves } from './replayedMove.ts';

const drag: readonly ReplayedMove[] = [
  { step: 500, key: 'gamma', to: 12, gesture: 0 },
  { step: 504, key: 'gamma', to: 13.5, gesture: 0 },
  { step: 504, key: 'gamma', to: 14.25, gesture: 0 },
  { step: 900, key: 'learningRate', to: 0.0000012345, gesture: 1 },
  { step: 901, key: 'gamma', to: 3, gesture: 2 },
];

describe('moves in an address', () => {
  test('are compact, need no escapes, and read back as they were', () => {
    const text = writeMoves(drag);
    expect(text).toBe('gamma500_12-4_13.5-0_14.25-learningRate900_0.0000012345-gamma901_3');
    expect(new URLSearchParams({ moves: text }).toString()).toBe(`moves=${text}`);
    expect(readMoves(text)).toEqual({ kind: 'value', value: drag, asGiven: true });
  });

  test('with an exponent read back too', () => {
    const change = { step: 7, key: 'learningRate', to: 1.25e-7, gesture: 0 } as const;
    const text = writeMoves([change]);
    expect(text).toContain('e-7');
    const back = readMoves(text);
    // Whether the setting goes down so far is the table's to say.
    if (back.kind === 'value') expect(back.value).toEqual([change]);
  });

  test('steps of one player are a first step and a count, among changes of settings', () => {
    const moves: readonly ReplayedMove[] = [
      { step: 500, player: 'vae', steps: 3 },
      { step: 503, player: 'discriminator', steps: 1 },
      { step: 500, key: 'gamma', to: 12, gesture: 0 },
      { step: 504, key: 'gamma', to: 13, gesture: 1 },
    ];
    const text = writeMoves(moves);
    expect(text).toBe('gamma500_12-vae500_3-discriminator503_1-gamma504_13');
    const ordered = [moves[2], moves[0], moves[1], moves[3]];
    expect(readMoves(text)).toEqual({ kind: 'value', value: ordered, asGiven: true });
  });

  test.each(['vae5_0', 'vae0_1', 'vae5_1.5', 'vae5_4294967295', 'encoder5_1'])(
    'steps that cannot be are refused: %s',
    (text) => expect(readMoves(text).kind).toBe('refused'),
  );

  test.each(['vae5_3-discriminator7_1', 'vae5_3-4_2'])('steps follow one another: %s', (text) => {
    expect(readMoves(text)).toMatchObject({ value: [{ step: 5, player: 'vae', steps: 3 }], asGiven: false });
  });

  test('without gestures each stand alone', () => {
    const alone = [
      { step: 5, key: 'gamma', to: 1 },
      { step: 6, key: 'gamma', to: 2 },
    ] as const;
    expect(writeMoves(alone)).toBe('gamma5_1-gamma6_2');
  });

  test.each([
    ['', 'refused'],
    ['seed5_1', 'refused'],
    ['gamma5_-1', 'refused'],
    ['gamma0_1', 'refused'],
    ['5_1', 'refused'],
    ['gamma5', 'refused'],
    ['gamma5_1e999', 'refused'],
    ['gamma99999999999_1', 'refused'],
  ])('that cannot be are refused: %s', (text, kind) => {
    expect(readMoves(text).kind).toBe(kind);
  });

  test.each(['gamma5_1-gamma4_2', 'gamma5_1-what', 'gamma5_1-gamma9_1e999', 'gamma5_1--gamma6_2'])(
    'are taken up to what cannot be, and that is said: %s',
    (text) => {
      expect(readMoves(text)).toMatchObject({
        kind: 'value',
        value: [{ step: 5, key: 'gamma', to: 1 }],
        asGiven: false,
      });
    },
  );
});

test('a replay holds the moves that it makes, and of steps of one player each', () => {
  const replay: readonly ReplayedMove[] = [
    { step: 5, player: 'vae', steps: 3 },
    { step: 9, key: 'gamma', to: 12, gesture: 0 },
  ];
  const alone = (step: number) => holdsMove(replay, { step, player: 'vae', steps: 1 });
  expect([4, 5, 7, 8].map(alone)).toEqual([false, true, true, false]);
  expect(holdsMove(replay, { step: 5, player: 'discriminator', steps: 1 })).toBe(false);
  expect(holdsMove(replay, { step: 9, key: 'gamma', to: 12, gesture: 7 })).toBe(true);
  expect(holdsMove(replay, { step: 9, key: 'gamma', to: 13 })).toBe(false);
  expect(holdsMove(replay, { step: 9, key: 'beta', to: 12 })).toBe(false);
});
