import type { PictureSet } from '../../model/pictures.ts';
import { tiled } from '../../model/tiled.ts';
import { type KeptPicture, keptTiling } from '../../record/keptPicture.ts';

/** The traversals as a record keeps them; null where there are none to keep, or the browser makes no pictures. */
export function keptTraversals({ step, traversal }: PictureSet): KeptPicture | null {
  if (!traversal) return null;
  const { width, height, pixels } = tiled(traversal.rows, keptTiling);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.putImageData(new ImageData(pixels, width, height), 0, 0);
  const [, png] = canvas.toDataURL('image/png').split(',');
  return { step, png };
}
