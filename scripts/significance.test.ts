import { describe, expect, test } from 'vitest';
import { holm, quantile, rankTest } from './significance.ts';

describe('rank test', () => {
  // scipy.stats.mannwhitneyu(a, b, method='exact', alternative='two-sided'): U = 17, p = 0.1111
  test('agrees with SciPy', () => {
    const { p, superiority } = rankTest([19, 22, 16, 29, 24], [20, 11, 17, 12]);
    expect(p).toBeCloseTo(0.1111111, 6);
    expect(superiority).toBe(17 / 20);
  });

  test('ties share their rank, as when all choices are counted out', () => {
    expect(rankTest([1, 2, 2, 3], [2, 0, 1]).p).toBeCloseTo(0.2857143, 6);
  });

  test('samples that do not overlap: one choice of all at either end', () => {
    expect(rankTest([4, 5, 6], [1, 2, 3])).toEqual({ superiority: 1, p: 2 / 20 });
    expect(rankTest([1, 2, 3], [4, 5, 6])).toEqual({ superiority: 0, p: 2 / 20 });
    expect(rankTest([1, 1], [1, 1])).toEqual({ superiority: 0.5, p: 1 });
  });
});

test('Holm: the smallest counts once for each test, and none falls below one before it', () => {
  const corrected = holm([0.04, 0.01, 0.03]);
  [0.06, 0.03, 0.06].forEach((value, i) => {
    expect(corrected[i]).toBeCloseTo(value, 10);
  });
});

// numpy.quantile([3, 1, 4, 1.5, 9], [.25, .5, .75])
test('quantiles are NumPy’s', () => {
  expect([0.25, 0.5, 0.75].map((share) => quantile([3, 1, 4, 1.5, 9], share))).toEqual([1.5, 3, 4]);
});
