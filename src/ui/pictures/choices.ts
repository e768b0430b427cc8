import { choicesOf } from '../../data/dataset.ts';
import type { RunInfo } from '../../protocol/messages.ts';

type Images = Pick<RunInfo, 'factors' | 'imageCount'>;

/** Any image, by the numbers that name it. */
export function randomImage({ factors, imageCount }: Images): number[] {
  return choicesOf(factors, imageCount).map((count) => Math.floor(Math.random() * count));
}

/** The image in the middle of all. */
export function middleImage({ factors, imageCount }: Images): number[] {
  return choicesOf(factors, imageCount).map((count) => Math.floor(count / 2));
}
