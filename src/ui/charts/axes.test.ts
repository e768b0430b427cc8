import { describe, expect, test } from 'vitest';
import type { Point } from '../../history/decimate.ts';
import { linearAxis, logAxis, settledAxis, stepRange, stepTicks, valueRange } from './axes.ts';

const point = (step: number, low: number, high: number): Point => ({
  step,
  from: step,
  to: step,
  mean: (low + high) / 2,
  band: [low, high],
});

describe('axes', () => {
  test.each([
    [0, 10.4],
    [-0.07, 0.31],
    [0.689, 0.697],
    [3, 3],
    [0, 0],
  ])('a linear axis holds %f to %f with few clean ticks', (low, high) => {
    const { domain, ticks } = linearAxis(low, high);
    expect(domain[0]).toBeLessThanOrEqual(low);
    expect(domain[1]).toBeGreaterThanOrEqual(high);
    expect(domain[1]).toBeGreaterThan(domain[0]);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(7);
    for (const tick of ticks) expect(String(tick).length).toBeLessThanOrEqual(6);
  });

  test.each([
    [10.3, 709],
    [31, 35],
    [0.002, 180],
    [7, 7],
  ])('a logarithmic axis holds %f to %f', (low, high) => {
    const { domain, ticks } = logAxis(low, high);
    expect(domain[0]).toBeLessThanOrEqual(low);
    expect(domain[1]).toBeGreaterThanOrEqual(high);
    expect(domain[1]).toBeGreaterThan(domain[0]);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
  });

  test('an axis stays while it fits, gives way to what it cannot hold, and to much less', () => {
    const shown = linearAxis(0, 6);
    expect(settledAxis(shown, linearAxis(0, 4), 'linear', false)).toBe(shown);
    expect(settledAxis(shown, linearAxis(0, 8), 'linear', false).domain).toEqual([0, 8]);
    expect(settledAxis(shown, linearAxis(0, 2), 'linear', false).domain).toEqual([0, 2]);
    expect(settledAxis(shown, linearAxis(0, 2), 'linear', true)).toBe(shown);
    expect(settledAxis(shown, linearAxis(-1, 2), 'linear', true).domain).toEqual([-1, 2]);
    const decades = logAxis(1, 1000);
    expect(settledAxis(decades, logAxis(10, 1000), 'log', false)).toBe(decades);
    expect(settledAxis(decades, logAxis(100, 1000), 'log', false).domain).toEqual([100, 1000]);
  });

  test('the steps axis keeps ahead of the run, by half at most, and seldom moves', () => {
    const ends = new Set<number>();
    for (let count = 0; count <= 20_000; count++) {
      const { first, end } = stepRange(count, null);
      expect(first).toBe(1);
      expect(end).toBeGreaterThanOrEqual(count);
      if (count > 100) expect(end).toBeLessThanOrEqual(count * 1.5);
      ends.add(end);
    }
    expect(ends.size).toBeLessThan(20);
    expect([3, 120, 130, 300].map((count) => stepRange(count, null).end)).toEqual([100, 128, 192, 384]);
  });

  test('a window of the latest steps keeps its length', () => {
    expect(stepRange(400, 1000)).toEqual({ first: 1, end: 400 });
    expect(stepRange(5020, 1000)).toEqual({ first: 4101, end: 5100 });
  });

  test('ticks of steps are whole and inside', () => {
    expect(stepTicks(1, 12_480, 4)).toEqual([5000, 10_000]);
    expect(stepTicks(1, 4, 4)).toEqual([1, 2, 3, 4]);
    expect(stepTicks(1, 1, 4)).toEqual([1]);
  });

  test('a wild start does not flatten the rest, a wild end shows', () => {
    const calm = Array.from({ length: 100 }, (_, i) => point(i + 1, -1, 1));
    expect(valueRange([point(0, 500, 900), ...calm])).toEqual([-1, 1]);
    expect(valueRange([...calm, point(101, -1, 80)])).toEqual([-1, 80]);
    expect(valueRange([])).toBeNull();
  });
});
