import { decode, encode } from 'fast-png';
import type { Picture, PictureSet } from '../../src/model/pictures.ts';
import { type Tiling, tiled } from '../../src/model/tiled.ts';
import { type KeptPicture, keptTiling } from '../../src/record/keptPicture.ts';

const ofFiles: Tiling = { scale: 3, gap: 2 };

/** Images above their reconstructions, as a PNG; null where there are none. */
export function reconstructionsPng({ inputs, reconstructions }: PictureSet): Uint8Array | null {
  return reconstructions && tiledPng([inputs, reconstructions], ofFiles);
}

/** Images above generated ones, as a PNG; null where there are none. */
export function generatedPng({ inputs, generated }: PictureSet): Uint8Array | null {
  return generated && tiledPng([inputs, generated], ofFiles);
}

/**
 * A row a latent, in the latents' own order, along which it goes from end to end, as a PNG; null where there
 * are none.
 */
export function traversalsPng({ traversal }: PictureSet): Uint8Array | null {
  return traversal && tiledPng(traversal.rows, ofFiles);
}

/** The same in its own size, for the record of the run. */
export function keptTraversals({ step, traversal }: PictureSet): KeptPicture | null {
  if (!traversal) return null;
  return { step, png: Buffer.from(tiledPng(traversal.rows, keptTiling)).toString('base64') };
}

/** Whether these are the bytes of a whole PNG. */
export function isPng(bytes: Uint8Array | null): boolean {
  try {
    return bytes !== null && decode(bytes, { checkCrc: true }).width > 0;
  } catch {
    return false;
  }
}

/** Rows of pictures of one size as a PNG. */
function tiledPng(rows: readonly (readonly Picture[])[], tiling: Tiling): Uint8Array {
  const { width, height, pixels } = tiled(rows, tiling);
  return encode({ width, height, data: new Uint8Array(pixels.buffer), channels: 4 });
}
