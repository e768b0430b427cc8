import { describe, expect, test } from 'vitest';
import type { LiveChange } from './liveChange.ts';
import { movesOf } from './moves.ts';

const change = (
  step: number,
  from: number,
  to: number,
  gesture?: number,
  key: LiveChange['key'] = 'gamma',
) => ({
  ...{ step, key, from, to },
  ...(gesture === undefined ? {} : { gesture }),
});
const short = (changes: readonly LiveChange[], gap?: number) =>
  movesOf(changes, gap).map(({ key, from, to, firstStep, lastStep }) => [key, from, to, firstStep, lastStep]);

describe('moves', () => {
  test('a drag is one, from its first value to its last, however many steps lie between', () => {
    const drag = [change(1576, 0, 2, 7), change(1590, 2, 6, 7), change(9000, 6, 10, 7)];
    expect(short(drag)).toEqual([['gamma', 0, 10, 1576, 9000]]);
  });

  test('two gestures are two, however near', () => {
    expect(short([change(5, 0, 2, 7), change(6, 2, 3, 8)], 100)).toEqual([
      ['gamma', 0, 2, 5, 5],
      ['gamma', 2, 3, 6, 6],
    ]);
  });

  test('settings are apart, also where one gesture and one step are theirs', () => {
    const changes = [
      change(5, 0, 2, 7),
      change(5, 1, 4, 7, 'beta'),
      change(6, 2, 3, 7),
      change(8, 4, 6, 7, 'beta'),
    ];
    expect(short(changes)).toEqual([
      ['gamma', 0, 3, 5, 6],
      ['beta', 1, 6, 5, 8],
    ]);
  });

  test('a drag there and back again keeps its steps', () => {
    expect(short([change(5, 10, 2, 1), change(9, 2, 10, 1)])).toEqual([['gamma', 10, 10, 5, 9]]);
  });

  test.each([
    ['near', 12, [['gamma', 0, 3, 100, 118]]],
    [
      'far apart',
      5,
      [
        ['gamma', 0, 1, 100, 100],
        ['gamma', 1, 3, 112, 118],
      ],
    ],
  ])('without gestures, changes %s', (_, gap, moves) => {
    const changes = [change(100, 0, 1), change(112, 1, 2), change(117, 2, 2.5), change(118, 2.5, 3)];
    expect(short(changes, gap)).toEqual(moves);
  });

  test('without gestures, one that does not go on from the last begins another', () => {
    expect(short([change(5, 0, 1), change(6, 7, 8)], 10)).toHaveLength(2);
    expect(short([change(5, 0, 1, 3), change(6, 1, 8)], 10)).toHaveLength(2);
  });

  test('none of nothing', () => {
    expect(movesOf([])).toEqual([]);
  });
});
