import type { FilterProduct, Product } from '../../../plan/product.ts';
import { noise } from './testNumbers.ts';

/** Whole numbers from a seed: repeatable, and others in every case. */
function dice(seed: number) {
  const numbers = noise(64, seed);
  let at = 0;
  return (from: number, to: number) => from + Math.floor(((numbers[at++] + 1) / 2) * (to - from + 1));
}

/** How many seeds in a row give every kind once. */
export const productKinds = 8;

/** A product of odd sizes, the kinds in turn. Widths are multiples of four, as in every plan, but for images. */
export function someProduct(seed: number): Product {
  const roll = dice(seed);
  const [batch, bigChannels, smallChannels] = [roll(1, 6), 4 * roll(1, 9), 4 * roll(1, 9)];
  const picture = { batch, size: roll(2, 7), bigChannels, smallChannels };
  const [rows, inner, columns] = [roll(1, 90), 4 * roll(1, 70), 4 * roll(1, 25)];
  switch (seed % productKinds) {
    case 0:
    case 1:
      return { kind: 'dense', rows, inner, columns, transposed: seed % 2 === 0 };
    case 2:
      return { kind: 'denseFilter', rows: inner + roll(0, 3), inputs: 4 * roll(1, 25), outputs: columns };
    case 3:
      return { kind: 'down', ...picture };
    case 4:
      return { kind: 'up', ...picture };
    case 5:
      return { kind: 'down', ...picture, bigChannels: roll(1, 3) };
    default: {
      const channels = seed % 2 === 0 ? bigChannels : roll(1, 3);
      const stride = 64 * Math.ceil((16 * channels * smallChannels + 1) / 64);
      const parts = roll(1, batch);
      return { kind: 'pictureFilter', ...picture, bigChannels: channels, parts, stride, outputIsBig: false };
    }
  }
}

export function isFilter(product: Product): product is FilterProduct {
  return product.kind === 'denseFilter' || product.kind === 'pictureFilter';
}
