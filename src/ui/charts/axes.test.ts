import { describe, expect, test } from 'vitest';
import type { Point } from '../../history/decimate.ts';
import { formatTick } from '../format.ts';
import {
  type Axis,
  linearAxis,
  logAxis,
  positiveRange,
  settledAxis,
  stepRange,
  stepTicks,
  valueRange,
} from './axes.ts';

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

  /** What any axis must have: few ticks that rise, end to end, each with a label of its own that fits. */
  function expectSound({ domain, ticks }: Axis) {
    expect(domain[0]).toBeLessThan(domain[1]);
    for (const value of [...domain, ...ticks]) expect(value).toSatisfy(Number.isFinite);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(9);
    const labels = ticks.map(formatTick);
    expect(new Set(labels).size).toBe(ticks.length);
    for (const label of labels) expect(label.length).toBeLessThanOrEqual(9);
    for (let i = 1; i < ticks.length; i++) expect(ticks[i]).toBeGreaterThan(ticks[i - 1]);
  }

  const extremes: [number, number][] = [
    [0, 0],
    [0, 1e-12],
    [-1e-12, 1e-12],
    [-5, -5],
    [1e12, 1e12],
    [1e21, 1e21],
    [1e21, 1e21 + 131_072],
    [-1e308, 1e308],
    [0, Number.MAX_VALUE],
    [0, 5e-324],
    [-3.4e38, 3.4e38],
    [0.1 + 0.2, 0.3],
    [709.000_001, 709.000_002],
    [12_481, 12_482],
    [1e-300, 2e-300],
    [-1e6, 1e6],
  ];
  test.each(extremes)('a linear axis is sound for %f to %f', (a, b) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const axis = linearAxis(low, high);
    expectSound(axis);
    if (Math.abs(high) < 1e300) {
      expect(axis.domain[0]).toBeLessThanOrEqual(low);
      expect(axis.domain[1]).toBeGreaterThanOrEqual(high);
    }
  });

  test.each([
    [Number.NaN, 1],
    [0, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])('even for %f to %f', (low, high) => {
    expectSound(linearAxis(low, high));
    expectSound(logAxis(low, high));
  });

  test.each([
    [1e-7, 2],
    [1e-12, 1e12],
    [1e-45, 3.4e38],
    [5e-324, 1e307],
    [5e-324, 5e-324],
    [1, 1],
    [1e21, 1e21],
    [3e-8, 3.0001e-8],
    [0.999, 1.001],
    [1e-300, 1e-299],
  ])('a logarithmic axis goes from %f to %f, down to any positive number', (low, high) => {
    const axis = logAxis(low, high);
    expectSound(axis);
    expect(axis.domain[0]).toBeLessThanOrEqual(low);
    expect(axis.domain[1]).toBeGreaterThanOrEqual(high);
  });

  test('of ends that are not positive the other one counts', () => {
    expect(logAxis(0, 50).domain).toEqual(logAxis(50, 50).domain);
    expect(logAxis(-3, -1).domain).toEqual(logAxis(1, 1).domain);
    expect(logAxis(0, 0).domain).toEqual([1, 1.5]);
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
    const most = Number.MAX_SAFE_INTEGER;
    for (const [first, last] of [
      [0, most],
      [most, most],
      [most - 50, most],
      [9, 3],
      [0, 1e300],
    ])
      expect(stepTicks(first, last, 6).length).toBeLessThanOrEqual(8);
  });

  test('a wild start does not flatten the rest, a wild end shows', () => {
    const calm = Array.from({ length: 100 }, (_, i) => point(i + 1, -1, 1));
    expect(valueRange([point(0, 500, 900), ...calm])).toEqual([-1, 1]);
    expect(valueRange([...calm, point(101, -1, 80)])).toEqual([-1, 80]);
    expect(valueRange([])).toBeNull();
  });

  test('a logarithmic axis goes down to the least positive value, wherever in the run it stood', () => {
    const points = Array.from({ length: 100 }, (_, i) =>
      point(i + 1, i === 3 ? 1e-7 : 2, i === 3 ? 1e-7 : 3),
    );
    expect(positiveRange(points)).toEqual([1e-7, 3]);
    expect(positiveRange([point(1, 0, 4), point(2, -1, 1)])).toEqual([2, 4]);
    expect(positiveRange([point(1, 0, 0), point(2, -2, -1)])).toBeNull();
    expect(positiveRange([])).toBeNull();
  });
});
