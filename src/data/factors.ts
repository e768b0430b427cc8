import type { FactorGrid } from '../config/schema.ts';

/** The factors of 2D Shapes, row-major: posY varies fastest. */
export const factorNames = ['shape', 'scale', 'orientation', 'posX', 'posY'] as const;
export type FactorName = (typeof factorNames)[number];
export const shapeNames = ['square', 'ellipse', 'heart'] as const;

export function factorSizes(grid: FactorGrid): number[] {
  return factorNames.map((name) => grid[name]);
}

export function combinationCount(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The factor values (whole numbers, one a factor) of the combination at a row-major index. */
export function factorsAt(index: number, sizes: readonly number[]): number[] {
  const values = new Array<number>(sizes.length);
  let rest = index;
  for (let factor = sizes.length - 1; factor >= 0; factor--) {
    values[factor] = rest % sizes[factor];
    rest = Math.floor(rest / sizes[factor]);
  }
  return values;
}
