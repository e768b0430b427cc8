import { wordsPerImage } from '../dataset.ts';
import type { Stream } from './philox.ts';
import { randomBits } from './philox.ts';
import { boundedFromBits } from './random.ts';

/**
 * Factors of `count` images drawn independently and uniformly from a grid of these sizes, [count, factors]: factor
 * f of image i comes from word i * wordsPerImage + f of the stream at this step.
 */
export function randomFactors(
  sizes: readonly number[],
  seed: number,
  stream: Stream,
  step: number,
  count: number,
): number[][] {
  const bits = randomBits(seed, stream, step, count * wordsPerImage);
  return Array.from({ length: count }, (_, image) =>
    sizes.map((size, factor) => boundedFromBits(bits[image * wordsPerImage + factor], size)),
  );
}
