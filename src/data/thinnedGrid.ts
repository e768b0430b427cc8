import { combinationCount, factorsAt } from './factors.ts';

/** A part of a grid that is a grid too. */
export interface ThinnedGrid {
  /** Values of each factor that are left. */
  readonly sizes: readonly number[];
  /** Every combination of them by the values of the whole grid, in row-major order, [combinations, factors]. */
  readonly rows: Int32Array;
}

/** Every second value of the factor with most values is left out, until at most `limit` combinations are left. */
export function thinnedGrid(factorSizes: readonly number[], limit: number): ThinnedGrid {
  const strides = factorSizes.map(() => 1);
  const left = () => factorSizes.map((size, factor) => Math.ceil(size / strides[factor]));
  let sizes = left();
  while (combinationCount(sizes) > limit && Math.max(...sizes) > 1) {
    strides[sizes.indexOf(Math.max(...sizes))] *= 2;
    sizes = left();
  }
  const count = combinationCount(sizes);
  const rows = new Int32Array(count * sizes.length);
  for (let i = 0; i < count; i++)
    rows.set(
      factorsAt(i, sizes).map((value, factor) => value * strides[factor]),
      i * sizes.length,
    );
  return { sizes, rows };
}
