import { type FactorName, shapeNames } from '../../data/shapes2d/factors.ts';

export const factorLabels: Readonly<Record<FactorName, string>> = {
  shape: 'Shape',
  scale: 'Scale',
  orientation: 'Orientation',
  posX: 'Position x',
  posY: 'Position y',
};

/** A factor's value as a person reads it; `size` is how many values it has. */
export function factorValueText(name: FactorName, value: number, size: number): string {
  if (name === 'shape') return shapeNames[value] ?? String(value);
  if (size === 1) return 'fixed';
  if (name === 'orientation') return `${Math.round((360 * value) / (size - 1)) % 360}°`;
  if (name === 'scale') return (0.5 + (0.5 * value) / (size - 1)).toFixed(1);
  return `${value + 1} of ${size}`;
}
