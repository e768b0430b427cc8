import { describe, expect, test } from 'vitest';
import { recordBounds } from '../record/bounds.ts';
import { curveSchema } from '../record/curve.ts';
import { History } from './history.ts';
import { recordCurves } from './recordCurves.ts';

const columns = ['reconstruction', 'kl', 'klLatent0'];
const greatest = recordBounds.magnitude;

/** A history of one value a step, in every column. */
function historyOf(values: readonly number[]): History {
  const history = new History(columns);
  const rows = values.flatMap((value) => columns.map(() => value));
  history.append({ firstStep: 1, rows: Float32Array.from(rows) });
  return history;
}

const repeat = (length: number, value: (i: number) => number) => Array.from({ length }, (_, i) => value(i));

describe('whatever float32 numbers a run gives, its record can be read again', () => {
  test.each([
    ['equal values that float32 does not hold', repeat(5000, () => 0.1)],
    ['the greatest number, for thousands of steps', repeat(5000, () => greatest)],
    ['the greatest of either sign', repeat(5000, (i) => (i % 2 === 0 ? greatest : -greatest))],
    ['the least', repeat(3000, () => 1e-45)],
    ['numbers with holes', repeat(3000, (i) => (i % 700 < 90 ? Number.NaN : 1 / (i + 1)))],
    ['numbers around 0', repeat(3000, (i) => (i % 3) * 1e-7 - 1e-7)],
    ['a single step', [1 / 3]],
  ])('%s', (_, values) => {
    const curves = recordCurves(historyOf(values));
    expect(Object.keys(curves)).toEqual(columns);
    for (const curve of Object.values(curves)) expect(curveSchema.safeParse(curve).error).toBeUndefined();
  });

  test('a mean of huge numbers stays what it is', () => {
    const { mean } = recordCurves(historyOf(repeat(5000, () => 3e38))).kl;
    for (const value of mean) expect(value / 3e38).toBeCloseTo(1, 5);
  });
});
