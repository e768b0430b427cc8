import { describe, expect, test } from 'vitest';
import { decimate, type Point } from './decimate.ts';
import { History } from './history.ts';

function historyOf(values: readonly number[]): History {
  const history = new History(['value']);
  history.append({ firstStep: 1, rows: Float32Array.from(values) });
  return history;
}
const stretch = (first: number, last: number) => ({ column: 'value', factor: 1, first, last });
const noise = (count: number) => Array.from({ length: count }, (_, i) => Math.sin(i * 12.9898) * 100);

describe('decimation', () => {
  test.each([1, 199, 200, 201, 399, 12_345, 100_001])('%i steps make at most 200 points', (steps) => {
    const values = noise(steps);
    const points = decimate(historyOf(values), stretch(1, steps), 200);
    expect(points.length).toBeLessThanOrEqual(200);
    expect(points.length).toBeGreaterThanOrEqual(Math.min(steps, 100));
  });

  test('keeps the least and the greatest value, however short the spike', () => {
    const values = noise(50_000);
    values[31_337] = 1e6;
    values[4_242] = -1e6;
    const points = decimate(historyOf(values), stretch(1, 50_000), 200);
    expect(Math.max(...points.map((p) => p.band[1]))).toBe(1e6);
    expect(Math.min(...points.map((p) => p.band[0]))).toBe(-1e6);
  });

  test('covers every step once, in order', () => {
    const points = decimate(historyOf(noise(7_001)), stretch(501, 7_001), 100);
    expect(points[0].from).toBe(501);
    expect(points.at(-1)?.to).toBe(7_001);
    for (let i = 1; i < points.length; i++) expect(points[i].from).toBe(points[i - 1].to + 1);
  });

  test('few steps are kept as they are', () => {
    const points = decimate(historyOf([3, 1, 2]), stretch(1, 3), 200);
    expect(points.map((p) => [p.step, p.mean])).toEqual([
      [1, 3],
      [2, 1],
      [3, 2],
    ]);
  });

  test('complete points stay where they are as the run goes on', () => {
    const values = noise(30_000);
    const before = decimate(historyOf(values.slice(0, 29_000)), stretch(1, 29_000), 200);
    const after = decimate(historyOf(values), stretch(1, 30_000), 200);
    expect(after.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
  });

  test('points taken over from an earlier drawing are those that would be made anew', () => {
    const values = noise(3_000).map((value, i) => (i % 700 < 90 ? Number.NaN : value));
    const history = new History(['value']);
    let points: readonly Point[] = [];
    let kept = 0;
    for (let row = 0; row < values.length; row += 37) {
      history.append({ firstStep: row + 1, rows: Float32Array.from(values.slice(row, row + 37)) });
      const window = stretch(Math.max(1, history.count - 2_000), history.count);
      const next = decimate(history, window, 60, points);
      expect(next).toEqual(decimate(history, window, 60));
      kept += next.filter((point) => points.includes(point)).length;
      points = next;
    }
    expect(kept).toBeGreaterThan(2_000);
  });

  test('a factor multiplies values and band, not steps', () => {
    const [point] = decimate(historyOf([0.25, 0.75]), { ...stretch(1, 2), factor: 100 }, 1);
    expect(point).toEqual({ step: 1.5, from: 1, to: 2, mean: 50, band: [25, 75] });
  });

  test('a run without values, or an empty range, gives no points', () => {
    expect(decimate(historyOf(new Array(50).fill(Number.NaN)), stretch(1, 50), 10)).toEqual([]);
    expect(decimate(historyOf([1, 2]), stretch(5, 9), 10)).toEqual([]);
    expect(decimate(new History(['value', 'other']), stretch(1, 10), 10)).toEqual([]);
  });
});
