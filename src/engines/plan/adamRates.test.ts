import { expect, test } from 'vitest';
import { adamRates } from './adamRates.ts';

test('bias corrections are exact at the first step and accurate far on', () => {
  const first = adamRates(1e-4, [0.9, 0.999], 1);
  expect(first.rate).toBeCloseTo(1e-3, 15);
  expect(first.correction / (1 / Math.sqrt(0.001))).toBeCloseTo(1, 12);
  const far = adamRates(1e-4, [0.9, 0.9999], 300_000);
  expect(far.rate).toBe(1e-4);
  // 0.9999^300000 = e^(300000 ln 0.9999) = 9.34e-14.
  expect(far.correction).toBeCloseTo(1 + 4.67e-14, 15);
});

test('a beta of 0 needs no correction', () => {
  expect(adamRates(0.5, [0, 0], 1)).toEqual({ rate: 0.5, correction: 1 });
});
