import { describe, expect, test } from 'vitest';
import { nameOf, verdictOf } from './naming.ts';

const names = ['shape', 'scale', null, 'position x', 'position y'];

describe('the name of a row', () => {
  test('is the factor that its latent knows most of', () => {
    expect(nameOf([0.1, 0.2, 0, 0.92, 0.05])).toEqual({ factor: 3, share: 0.92 });
  });

  test('is none where the latent knows next to nothing', () => {
    expect(nameOf([0.1, 0.14, 0, 0, 0])).toBeNull();
    expect(nameOf([])).toBeNull();
  });
});

describe('the verdict', () => {
  test.each([
    [
      'a code that has come apart',
      [
        [0, 0, 0, 0, 0.9],
        [0, 0.8, 0, 0, 0],
        [0, 0, 0, 0.9, 0],
        [0.7, 0, 0, 0, 0],
      ],
      'z0 is position y; z1 is scale; z2 is position x; z3 is shape',
    ],
    [
      'a factor that two latents share, and one that nobody has',
      [
        [0, 0.1, 0, 0, 0.9],
        [0, 0.7, 0, 0.4, 0],
        [0.05, 0, 0, 0.5, 0],
      ],
      'z0 is position y; z1 also codes scale; z1 and z2 share position x; no latent codes shape',
    ],
    [
      'positions that lie diagonally',
      [
        [0, 0, 0, 0.3, 0.4],
        [0, 0, 0, 0.35, 0.3],
        [0, 0, 0, 0, 0],
      ],
      'z0 and z1 share position x and position y; no latent codes shape or scale',
    ],
    [
      'a latent that mixes two',
      [[0.3, 0.6, 0, 0, 0]],
      'z0 mixes shape and scale; no latent codes position x or position y',
    ],
    [
      'a latent on its way',
      [
        [0, 0, 0, 0.3, 0],
        [0.05, 0.05, 0, 0, 0.05],
      ],
      'z0 partly knows position x; no latent codes shape, scale or position y',
    ],
    ['a code that says nothing', [[0, 0.1, 0, 0.1, 0]], 'no latent has taken up a factor yet'],
  ])('%s', (_, shares, verdict) => {
    expect(verdictOf(shares, names)).toBe(verdict);
  });
});
