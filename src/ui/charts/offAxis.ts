import type { Point } from '../../history/decimate.ts';

/** Whether a chart has no place for a value: at or below 0, where its axis is logarithmic. */
export function isOffAxis(value: number, scale: 'linear' | 'log'): boolean {
  return scale === 'log' && value <= 0;
}

/** What is said beside such a value. */
export const offAxisText = 'at or below 0: not on a logarithmic axis';

/** How many of a curve's points a chart has no place for. */
export function offAxisCount(points: readonly Point[], scale: 'linear' | 'log'): number {
  let count = 0;
  for (const { mean } of points) if (isOffAxis(mean, scale)) count++;
  return count;
}

/** What a chart says of the values it has no place for. */
export function offAxisNote(count: number): string {
  return count === 1
    ? '1 value at or below 0 is not on a logarithmic axis'
    : `${count} values at or below 0 are not on a logarithmic axis`;
}
