import { describe, expect, test } from 'vitest';
import { isTap, type Owner, ownerOf } from './touch.ts';

const start = { x: 100, y: 700 };
const by = (x: number, y: number) => ({ x: start.x + x, y: start.y + y });

describe('whose a touch is', () => {
  test.each<[string, number, number, Owner]>([
    ['a resting finger', 0, 0, 'unknown'],
    ['a trembling finger', 5, -6, 'unknown'],
    ['up', 0, -40, 'other'],
    ['down', 3, 60, 'other'],
    ['up and a little aside', 20, -60, 'other'],
    ['exactly askew', -30, 30, 'other'],
    ['to the right', 20, 0, 'control'],
    ['to the left and a little down', -50, 20, 'control'],
  ])('%s: by %i, %i is of the %s', (_, x, y, owner) => {
    expect(ownerOf('unknown', start, by(x, y))).toBe(owner);
  });

  test('once known it stays, wherever the finger goes', () => {
    expect(ownerOf('control', start, by(20, -300))).toBe('control');
    expect(ownerOf('other', start, by(200, 0))).toBe('other');
  });
});

describe('a tap', () => {
  const times = { down: 10_000, up: 10_090, scrolled: Number.NEGATIVE_INFINITY };

  test('is a finger that came and left', () => {
    expect(isTap('unknown', times)).toBe(true);
  });

  test.each<[string, Owner, Partial<typeof times>]>([
    ['moved the control', 'control', {}],
    ['moved the page', 'other', {}],
    ['rested', 'unknown', { up: 10_900 }],
    ['stopped a page that was coasting', 'unknown', { scrolled: 9_990 }],
  ])('is none that %s', (_, owner, other) => {
    expect(isTap(owner, { ...times, ...other })).toBe(false);
  });
});
