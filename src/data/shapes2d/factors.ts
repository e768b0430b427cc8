import type { RunConfig } from '../../config/schema.ts';
import { type Part, part } from '../../report.ts';
import type { Factor } from '../dataset.ts';

/** How many values of each factor there are. */
export type FactorGrid = RunConfig['factors'];

const shapes = [part('factorValue.square'), part('factorValue.ellipse'), part('factorValue.heart')] as const;

/** The factors of 2D Shapes, row-major: posY varies fastest. */
export function factorsOfGrid({ shape, scale, orientation, posX, posY }: FactorGrid): Factor[] {
  return [
    { name: 'shape', label: part('factor.shape'), values: shapes.slice(0, shape) },
    { name: 'scale', label: part('factor.scale'), values: spread(scale, scaleAt) },
    { name: 'orientation', label: part('factor.orientation'), values: spread(orientation, angleAt) },
    { name: 'posX', label: part('factor.posX'), values: spread(posX, placeAt) },
    { name: 'posY', label: part('factor.posY'), values: spread(posY, placeAt) },
  ];
}

function spread(count: number, valueAt: (value: number, count: number) => Part): Part[] {
  if (count === 1) return [part('factorValue.only')];
  return Array.from({ length: count }, (_, value) => valueAt(value, count));
}

/** Of the published size, from half of it on. */
function scaleAt(value: number, count: number): Part {
  return part('factorValue.number', { value: 0.5 + (0.5 * value) / (count - 1) });
}

/** The last orientation is the first again, as in the published set. */
function angleAt(value: number, count: number): Part {
  return part('factorValue.angle', { degrees: Math.round((360 * value) / (count - 1)) % 360 });
}

function placeAt(value: number, count: number): Part {
  return part('factorValue.place', { place: value + 1, count });
}
