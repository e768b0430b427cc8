import type { FitChoice } from '../../protocol/ownImages.ts';

/** Bytes of pixels that a set may have: `usualBudget` of src/intake/take.ts. */
const budget = 384 * 2 ** 20;

/** How many images there is room for at a byte a number. */
export function roomFor({ size, channels }: FitChoice): number {
  return Math.floor(budget / (size * size * channels));
}

/** As a person reads them: at least a tenth. */
export function megabytes(bytes: number): string {
  const size = bytes / 1e6;
  return size >= 10 ? size.toFixed(0) : Math.max(0.1, size).toFixed(1);
}
