import { describe, expect, test } from 'vitest';
import type { Point } from '../history/decimate.ts';
import { linearAxis, logAxis, stepTicks, valueRange } from './axes.ts';

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
