import { expect, test } from 'vitest';
import { pairRows } from './pair.ts';

const point = (from: number, to: number, mean: number) => ({
  step: (from + to) / 2,
  from,
  to,
  mean,
  band: [mean, mean] as const,
});

test('what is read at a step is of both sides, and says where one has nothing', () => {
  const rows = pairRows({
    A: [point(1, 2, 5), point(3, 4, 6)],
    B: [point(3, 4, 7), point(5, 6, 8)],
  });
  expect(rows).toEqual([
    { step: 1.5, from: 1, to: 2, A: 5, B: null },
    { step: 3.5, from: 3, to: 4, A: 6, B: 7 },
    { step: 5.5, from: 5, to: 6, A: null, B: 8 },
  ]);
});
