import { describe, expect, test } from 'vitest';
import { History } from './history.ts';

/** Two columns: the step's number, and a value that jumps about. */
function filled(steps: number, batch: number): History {
  const history = new History(['step', 'jump']);
  for (let first = 1; first <= steps; first += batch) {
    const count = Math.min(batch, steps - first + 1);
    const rows = Float32Array.from({ length: count * 2 }, (_, i) => {
      const step = first + Math.floor(i / 2);
      return i % 2 === 0 ? step : jump(step);
    });
    history.append({ firstStep: first, rows });
  }
  return history;
}
const jump = (step: number) => ((step * 7919) % 1009) - 500;

describe('history', () => {
  test('keeps every value, across growth and batches of any size', () => {
    const history = filled(5000, 37);
    expect(history.count).toBe(5000);
    for (const step of [1, 37, 38, 1024, 1025, 4999, 5000]) {
      expect(history.value(step, 'step')).toBe(step);
      expect(history.value(step, 'jump')).toBe(jump(step));
    }
    expect(history.value(5001, 'step')).toBeNaN();
  });

  // Added one by one in single precision these lose the fourth digit.
  test.each([12_288, 200_000])('the mean of %i nearly equal steps keeps its digits', (steps) => {
    const history = new History(['step']);
    const rows = Float32Array.from({ length: steps }, (_, i) => 8637.65 + 0.001 * (i % 7));
    history.append({ firstStep: 1, rows });
    const expected = rows.reduce((sum, value) => sum + value, 0) / steps;
    expect(Math.abs(history.summary('step', 0, steps).mean / expected - 1)).toBeLessThan(1e-7);
  });

  test.each([
    [0, 5000],
    [15, 17],
    [255, 4097],
    [256, 4352],
    [1, 4999],
  ])('the summary of rows %i to %i is that of the rows themselves', (from, to) => {
    const history = filled(5000, 64);
    const values = Array.from({ length: to - from }, (_, i) => jump(from + i + 1));
    const { count, mean, min, max } = history.summary('jump', from, to);
    expect(count).toBe(values.length);
    expect(min).toBe(Math.min(...values));
    expect(max).toBe(Math.max(...values));
    expect(mean).toBeCloseTo(values.reduce((sum, v) => sum + v, 0) / values.length, 3);
  });

  test('values that are not finite are left out of summaries', () => {
    const history = new History(['step']);
    history.append({ firstStep: 1, rows: new Float32Array([1, Number.NaN, 3, Number.POSITIVE_INFINITY]) });
    expect(history.summary('step', 0, 4)).toEqual({ count: 2, mean: 2, min: 1, max: 3 });
    const none = new History(['step']);
    none.append({ firstStep: 1, rows: new Float32Array(40).fill(Number.NaN) });
    expect(none.summary('step', 0, 40).count).toBe(0);
    expect(none.recentMean('step')).toBeNaN();
  });

  test('of a column that rows have not, nothing is known', () => {
    const history = filled(40, 40);
    expect(history.value(7, 'leap')).toBeNaN();
    expect(history.summary('leap', 0, 40).count).toBe(0);
    expect(history.recentMean('leap')).toBeNaN();
  });

  test('a batch that starts earlier replaces what came after', () => {
    const history = filled(600, 100);
    history.append({ firstStep: 301, rows: new Float32Array([-1, -2]) });
    expect(history.count).toBe(301);
    expect(history.value(301, 'step')).toBe(-1);
    expect(history.value(300, 'step')).toBe(300);
    expect(history.summary('step', 0, 600).min).toBe(-1);
    expect(history.summary('step', 0, 600).max).toBe(300);
  });

  test('steps that never arrived stay unknown', () => {
    const history = filled(10, 10);
    history.append({ firstStep: 13, rows: new Float32Array([13, 0]) });
    expect(history.value(11, 'step')).toBeNaN();
    expect(history.value(13, 'step')).toBe(13);
  });

  test('of changes of one setting at one step the last counts', () => {
    const history = new History(['step']);
    history.addChange({ step: 5, key: 'gamma', from: 10, to: 20 });
    history.addChange({ step: 5, key: 'beta', from: 1, to: 2 });
    history.addChange({ step: 5, key: 'gamma', from: 20, to: 35 });
    history.addChange({ step: 6, key: 'gamma', from: 35, to: 0 });
    expect(history.changes.map(({ step, key, to }) => [step, key, to])).toEqual([
      [5, 'beta', 2],
      [5, 'gamma', 35],
      [6, 'gamma', 0],
    ]);
    // 20 never acted.
    expect(history.settingMoves.map(({ key, from, to }) => [key, from, to])).toEqual([
      ['beta', 1, 2],
      ['gamma', 10, 35],
      ['gamma', 35, 0],
    ]);
  });

  test('steps that are forgotten take their part of a move along', () => {
    const history = filled(9, 9);
    history.addChange({ step: 4, key: 'gamma', from: 10, to: 20, gesture: 1 });
    history.addChange({ step: 8, key: 'gamma', from: 20, to: 30, gesture: 1 });
    expect(history.moves).toMatchObject([{ to: 30, lastStep: 8 }]);
    history.truncate(5);
    expect(history.moves).toMatchObject([{ to: 20, lastStep: 4 }]);
  });

  test('a change that is taken back before it acts leaves none', () => {
    const history = new History(['step']);
    history.addChange({ step: 5, key: 'gamma', from: 10, to: 20 });
    history.addChange({ step: 5, key: 'gamma', from: 20, to: 10 });
    expect(history.changes).toEqual([]);
    expect(history.moves).toEqual([]);
  });
});

test('rows that arrive before there is a run are of no columns, and left out', () => {
  const history = new History([]);
  history.append({ firstStep: 1, rows: new Float32Array([1, 2, 3]) });
  expect(history.count).toBe(0);
});
