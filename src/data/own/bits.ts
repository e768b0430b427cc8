/**
 * Images at one bit a number, the first number of a byte in its highest bit. An image begins with byte `start`:
 * sets may have more bits than 2^31, so places are counted in bytes, for `>>` keeps 32 bits only.
 */

/** Number i of an image, 0 or 1. */
export function bitAt(pixels: Uint8Array, start: number, i: number): number {
  return (pixels[start + (i >> 3)] >> (7 - (i & 7))) & 1;
}

/** Packs an image of bytes, of which the highest bit counts: a multiple of eight. */
export function packBits(image: Uint8Array, pixels: Uint8Array, start: number): void {
  for (let i = 0; i < image.length; i += 8) {
    let byte = 0;
    for (let bit = 0; bit < 8; bit++) byte = (byte << 1) | (image[i + bit] >> 7);
    pixels[start + (i >> 3)] = byte;
  }
}
