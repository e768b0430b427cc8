import { describe, expect, test } from 'vitest';
import { offAxisCount, offAxisNote } from './offAxis.ts';
import { dotsPath, gapsPath, linePath, lonePath, pixel, placeOf } from './paths.ts';

/** A logarithmic axis from 1e-3 to 10 over 400 pixels, upwards; steps are pixels. */
const log = (value: unknown) => 400 - 100 * (Math.log10(Number(value)) + 3);
const places = (values: readonly number[]) =>
  values.map((value, i) => placeOf((step) => 10 * Number(step), log, i, value));
const pieces = (path: string) => path.split('M').length - 1;

describe('a curve on a logarithmic axis', () => {
  test.each([
    ['zeros in the middle', [2, 1, 0, 0, 0, 1, 2], 2, 1],
    ['one negative value', [2, -1e-7, 2, 2], 2, 1],
    ['a start at 0', [0, 1, 2], 1, 1],
    ['an end below 0', [1, 2, -5], 1, 1],
    ['gaps here and there', [1, 1, 0, 2, 2, -1, 3, 3], 3, 2],
    ['nothing but zeros', [0, 0, 0], 0, 1],
    ['no value amiss', [1, 2, 3], 1, 0],
    ['no value at all', [], 0, 0],
  ])('%s: the rest is drawn, and every gap is marked', (_, values, lines, gaps) => {
    const drawn = linePath(places(values)) + lonePath(places(values));
    const shown = values.filter((value) => value > 0).length;
    expect(drawn).not.toMatch(/NaN|Infinity|undefined/);
    // Every value has its place, in the line or by itself.
    for (const { mean } of places(values)) if (mean !== null) expect(drawn).toContain(mean);
    expect(linePath(places(values)).split(/[ML]/).length - 1).toBe(shown);
    expect(pieces(linePath(places(values)))).toBe(lines);
    expect((gapsPath(places(values), 400).match(/l-4 -7h8z/g) ?? []).length).toBeGreaterThanOrEqual(gaps);
    expect(pieces(dotsPath(places(values)))).toBe(shown);
  });

  test('a value between two gaps, which a line would not show, is a dot', () => {
    expect(lonePath(places([1, 0, 1, 0, 1, 1]))).toMatch(/^M0\.0 \S+h0M20\.0 \S+h0$/);
    expect(lonePath(places([1]))).toMatch(/^M0\.0 \S+h0$/);
    expect(lonePath(places([1, 2]))).toBe('');
  });

  test('what a chart says of them', () => {
    const point = (mean: number) => ({ step: 1, from: 1, to: 1, mean, band: [mean, mean] as const });
    expect(offAxisCount([2, 0, -1].map(point), 'log')).toBe(2);
    expect(offAxisCount([2, 0, -1].map(point), 'linear')).toBe(0);
    expect(offAxisNote(1)).toBe('1 value at or below 0 is not on a logarithmic axis');
    expect(offAxisNote(3)).toBe('3 values at or below 0 are not on a logarithmic axis');
  });
});

test('pixels far beyond the plot are cut to what a renderer can hold', () => {
  const linear = (value: unknown) => 400 - 40 * Number(value);
  for (const value of [1e38, -1e38, 1e308, 1e12])
    expect(Math.abs(Number(pixel(linear, value)))).toBeLessThanOrEqual(1e5);
  expect(pixel(linear, Number.NaN)).toBeNull();
  expect(pixel(linear, 5)).toBe('200.0');
});
