import { describe, expect, test } from 'vitest';
import { pointAt } from './series.ts';

const point = (from: number, to: number, mean: number) => ({
  step: (from + to) / 2,
  from,
  to,
  mean,
  band: [mean, mean] as const,
});

describe('the point that is read at a step', () => {
  const points = [point(3, 4, 5), point(5, 6, 6), point(9, 10, 7)];

  test.each([
    [3, 5],
    [4, 5],
    [5, 6],
    [7, 6],
    [8, 7],
    [10, 7],
  ])('is the nearest: step %d', (step, mean) => {
    expect(pointAt(points, step)?.mean).toBe(mean);
  });

  test('is none where the curve does not reach', () => {
    expect(pointAt(points, 2)).toBeNull();
    expect(pointAt(points, 11)).toBeNull();
    expect(pointAt([], 1)).toBeNull();
  });

  test('of a single point is that one', () => {
    expect(pointAt([point(7, 7, 1)], 7)?.mean).toBe(1);
  });
});
