import { expect, test } from 'vitest';
import type { ReplayedMove } from '../config/replayedMove.ts';
import { Replay } from './replay.ts';

const moves: readonly ReplayedMove[] = [
  { step: 3, key: 'gamma', to: 20 },
  { step: 3, key: 'beta', to: 2 },
  { step: 5, player: 'vae', steps: 2 },
  { step: 6, key: 'gamma', to: 30 },
];

test('a stretch ends where a setting changes, or another player learns', () => {
  const replay = new Replay(moves, 0);
  const stretches = [];
  for (let next = 1; next < 8; ) {
    const made = replay.takeChanges(next).map(({ to }) => to);
    const { only, steps } = replay.ahead(next);
    stretches.push([next, made, only, steps]);
    next += steps;
  }
  expect(stretches).toEqual([
    [1, [], null, 2],
    [3, [20, 2], null, 2],
    [5, [], 'vae', 1],
    [6, [30], 'vae', 1],
    [7, [], null, Number.POSITIVE_INFINITY],
  ]);
  replay.restart();
  expect(replay.takeChanges(3)).toHaveLength(2);
});

test('a run that goes on from a copy has made what acted up to its step', () => {
  const replay = new Replay(moves, 3);
  expect(replay.takeChanges(4)).toEqual([]);
  expect(replay.ahead(4)).toEqual({ only: null, steps: 1 });
});

test('once a person has taken over nothing is replayed, after a restart either', () => {
  const replay = new Replay(moves, 0);
  expect(replay.ended).toBe(false);
  replay.end();
  replay.restart();
  expect(replay.ended).toBe(true);
  expect(replay.takeChanges(9)).toEqual([]);
  expect(replay.ahead(5)).toEqual({ only: null, steps: Number.POSITIVE_INFINITY });
});
