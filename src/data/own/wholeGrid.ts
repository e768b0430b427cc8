import { combinationCount } from '../factors.ts';

/**
 * Where each combination of factors is among images, by its row-major number, from the images' labels, [count, factors]. Null
 * where the images are not one of each combination: what asks for an image by its factors has to find one.
 */
export function wholeGrid(labels: Uint16Array, sizes: readonly number[]): Uint32Array | null {
  const count = labels.length / sizes.length;
  if (combinationCount(sizes) !== count) return null;
  const places = new Uint32Array(count);
  const found = new Uint8Array(count);
  for (let image = 0; image < count; image++) {
    const number = gridNumber(labels.subarray(image * sizes.length, (image + 1) * sizes.length), sizes);
    if (found[number]) return null;
    found[number] = 1;
    places[number] = image;
  }
  return places;
}

/** The row-major number of a combination. */
export function gridNumber(values: ArrayLike<number>, sizes: readonly number[]): number {
  let number = 0;
  for (let f = 0; f < sizes.length; f++) number = number * sizes[f] + values[f];
  return number;
}
