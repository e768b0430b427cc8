import type { FactorGrid } from '../../config/schema.ts';
import type { Factor } from '../dataset.ts';

/** The factors of 2D Shapes, row-major: posY varies fastest. */
export const factorNames = ['shape', 'scale', 'orientation', 'posX', 'posY'] as const;
export type FactorName = (typeof factorNames)[number];
export const shapeNames = ['square', 'ellipse', 'heart'] as const;

export function factorsOfGrid(grid: FactorGrid): Factor[] {
  return factorNames.map((name) => ({ name, size: grid[name] }));
}
