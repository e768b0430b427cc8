import { describe, expect, test } from 'vitest';
import { decimate } from './decimate.ts';
import { History } from './history.ts';
import { pastOf } from './past.ts';
import { recordCurves } from './recordCurves.ts';

const columns = ['loss', 'unmeasured', 'third', 'fourth'];
const width = columns.length;

/**
 * Rows whose values are whole and small, so that means and six digits are exact; one column was never measured.
 */
function rowsOf(first: number, last: number): Float32Array<ArrayBuffer> {
  const rows = new Float32Array((last - first + 1) * width);
  for (let step = first; step <= last; step++)
    for (let column = 0; column < width; column++)
      rows[(step - first) * width + column] = column === 1 ? Number.NaN : (step % 8) + column;
  return rows;
}

/** A run of `steps` steps on one page. */
function whole(steps: number): History {
  const history = new History(columns);
  history.append({ firstStep: 1, rows: rowsOf(1, steps) });
  return history;
}

/** The same run, its page reloaded at one of its steps, when a record of `recorded` steps was kept. */
function reloaded(steps: number, at: number, recorded = at): History {
  const curves = recordCurves(whole(recorded));
  const history = new History(columns, pastOf(curves, at));
  if (steps > at) history.append({ firstStep: at + 1, rows: rowsOf(at + 1, steps) });
  return history;
}

describe('the past of a run that goes on after a reload', () => {
  // Points of a record stand for 1, 4, 8 and 32 steps at these lengths; some end in the middle of one.
  test.each([
    { at: 250, steps: 390 },
    { at: 1600, steps: 1640 },
    { at: 1603, steps: 5000 },
    { at: 8195, steps: 12_000 },
    { at: 400, steps: 400 },
  ])('of $at steps: its curves after $steps steps are those of a run that never stopped', ({ at, steps }) => {
    expect(recordCurves(reloaded(steps, at))).toEqual(recordCurves(whole(steps)));
  });

  test('twice reloaded, still the same', () => {
    const first = reloaded(3000, 1700);
    const second = new History(columns, pastOf(recordCurves(first), 3000));
    second.append({ firstStep: 3001, rows: rowsOf(3001, 9000) });
    expect(recordCurves(second)).toEqual(recordCurves(whole(9000)));
  });

  test('ends at the step that the run goes on from, though its record reached further', () => {
    const history = reloaded(100, 100, 117);
    expect(history.count).toBe(100);
    expect(recordCurves(history)).toEqual(recordCurves(whole(100)));
  });

  test('a record that ends before that step leaves a gap', () => {
    const history = reloaded(130, 120, 100);
    expect(history.value(100, 'loss')).toBe(4);
    expect(history.value(110, 'loss')).toBeNaN();
    expect(history.value(121, 'loss')).toBe(1);
    expect(history.summary('loss', 100, 120).count).toBe(0);
    expect(decimate(history, { column: 'loss', factor: 1, first: 1, last: 130 }, 400)).toHaveLength(110);
  });

  test('single values are the means of their points, and what was not measured stays unknown', () => {
    const history = reloaded(1610, 1600);
    expect(history.value(1, 'loss')).toBe((1 + 2 + 3 + 4) / 4);
    expect(history.value(1603, 'loss')).toBe(3);
    expect(history.value(7, 'unmeasured')).toBeNaN();
    expect(history.value(0, 'loss')).toBeNaN();
    expect(history.value(1611, 'loss')).toBeNaN();
  });
});

test('steps that are trained again are forgotten, with the changes that acted on them', () => {
  const history = whole(50);
  for (const step of [10, 31, 32, 50]) history.addChange({ step, key: 'gamma', from: step - 1, to: step });
  history.truncate(30);
  expect(history.count).toBe(30);
  expect(history.changes.map(({ step }) => step)).toEqual([10, 31]);
  history.append({ firstStep: 31, rows: rowsOf(31, 60) });
  expect(recordCurves(history)).toEqual(recordCurves(whole(60)));
});
