import type { RunConfig } from '../../config/schema.ts';
import { part } from '../../report.ts';
import type { Factor } from '../dataset.ts';
import { linspace } from '../linspace.ts';
import { coloursOf, huesOf } from './hues.ts';
import { farthestTurn } from './view.ts';

/** How many values of each factor there are. */
export type FactorGrid3d = RunConfig['shapes3d'];

const shapes = [
  part('factorValue.cube'),
  part('factorValue.cylinder'),
  part('factorValue.sphere'),
  part('factorValue.capsule'),
] as const;

/** The factors of 3D Shapes, row-major as in the published set: orientation varies fastest. */
export function factorsOfGrid3d(grid: FactorGrid3d): Factor[] {
  const scale = scalesOf(grid).map((value) => part('factorValue.times', { value }));
  const orientation = turnsOf(grid).map((turn) => part('factorValue.angle', { degrees: Math.round(turn) }));
  return [
    { name: 'floorHue', label: part('factor.floorHue'), ...hues(grid.floorHue) },
    { name: 'wallHue', label: part('factor.wallHue'), ...hues(grid.wallHue) },
    { name: 'objectHue', label: part('factor.objectHue'), ...hues(grid.objectHue) },
    { name: 'objectScale', label: part('factor.scale'), values: scale },
    { name: 'objectShape', label: part('factor.shape'), values: shapes.slice(0, grid.objectShape) },
    { name: 'viewOrientation', label: part('factor.orientation'), values: orientation },
  ];
}

function hues(count: number): Pick<Factor, 'values' | 'colours'> {
  return {
    values: Array.from({ length: count }, (_, hue) =>
      part('factorValue.angle', { degrees: Math.round((360 * hue) / count) }),
    ),
    colours: coloursOf(huesOf(count)),
  };
}

/** How many times as big as usual the object is, from 3/4 to 5/4. */
export function scalesOf({ objectScale: count }: FactorGrid3d): number[] {
  return linspace(0.75, 1.25, count, 1);
}

/** How far the camera has gone round the room, in degrees. */
export function turnsOf({ viewOrientation: count }: FactorGrid3d): number[] {
  return linspace(-farthestTurn, farthestTurn, count, 0);
}
