import { describe, expect, test } from 'vitest';
import { betaScale, gammaScale } from './gammaScale.ts';

describe('the scale of gamma', () => {
  test('reaches 0 at the left end and 200 at the right', () => {
    expect(gammaScale.toValue(0)).toBe(0);
    expect(gammaScale.toValue(1)).toBe(200);
    expect(gammaScale.toPosition(0)).toBe(0);
    expect(gammaScale.toPosition(200)).toBeCloseTo(1, 12);
    expect(betaScale.toValue(1)).toBe(100);
  });

  test.each([0, 0.1, 0.5, 1, 4, 6.4, 10, 15, 35, 100, 150, 200])(
    '%f comes back from its position',
    (gamma) => {
      expect(gammaScale.toValue(gammaScale.toPosition(gamma))).toBe(gamma);
    },
  );

  test('rises everywhere, and spends most of its length on small values', () => {
    const values = Array.from({ length: 201 }, (_, i) => gammaScale.toValue(i / 200));
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1]);
    expect(gammaScale.toPosition(20)).toBeGreaterThan(0.5);
  });

  test('values and positions outside end at the ends', () => {
    expect(gammaScale.toPosition(-3)).toBe(0);
    expect(gammaScale.toPosition(1e9)).toBeCloseTo(1, 12);
    expect(gammaScale.toValue(-1)).toBe(0);
    expect(gammaScale.toValue(2)).toBe(200);
  });
});
