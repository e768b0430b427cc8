import { describe, expect, test } from 'vitest';
import { inOrder, type ListValues, nextOrder } from './listOrder.ts';

const spread = (mean: number) => ({ mean, low: mean, high: mean });

function line(name: string, fields: Partial<ListValues>): { readonly values: ListValues } {
  const values = {
    name,
    steps: spread(1),
    objective: 'FactorVAE',
    dial: 1,
    dialText: 'γ 1',
    reconstruction: null,
    metric: null,
    begun: '2026-11-26T10:00:00.000Z',
    ...fields,
  };
  return { values };
}

const names = (lines: readonly { readonly values: ListValues }[]) => lines.map(({ values }) => values.name);

describe('the order of the list', () => {
  const lines = [
    line('b 10', { metric: spread(0.5), begun: '2026-11-26T10:00:02.000Z' }),
    line('b 9', { begun: '2026-11-26T10:00:03.000Z' }),
    line('a', { metric: spread(0.9) }),
  ];

  test('is by a column, and lines without a value come last, either way round', () => {
    expect(names(inOrder(lines, { column: 'metric', descending: true }))).toEqual(['a', 'b 10', 'b 9']);
    expect(names(inOrder(lines, { column: 'metric', descending: false }))).toEqual(['b 10', 'a', 'b 9']);
    expect(names(inOrder(lines, { column: 'begun', descending: true }))).toEqual(['b 9', 'b 10', 'a']);
  });

  test('takes numbers in names as numbers', () => {
    expect(names(inOrder(lines, { column: 'name', descending: false }))).toEqual(['a', 'b 9', 'b 10']);
  });

  test('is turned round by the same column, and begins anew with another', () => {
    const byMetric = nextOrder({ column: 'begun', descending: true }, 'metric');
    expect(byMetric).toEqual({ column: 'metric', descending: true });
    expect(nextOrder(byMetric, 'metric')).toEqual({ column: 'metric', descending: false });
    expect(nextOrder(byMetric, 'name')).toEqual({ column: 'name', descending: false });
  });
});
