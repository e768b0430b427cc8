import type { PictureSet } from '../../model/pictures.ts';
import { type KeptPicture, keptGap } from '../../record/keptPicture.ts';
import { composeFrame } from '../pictures/frame.ts';

/** The traversals as a record keeps them; null where there are none to keep, or the browser makes no pictures. */
export function keptTraversals({ step, traversal }: PictureSet): KeptPicture | null {
  const rows = traversal?.rows ?? [];
  if (rows.length === 0 || rows[0].length === 0) return null;
  const [[{ width: tile }]] = rows;
  const frame = composeFrame(rows, {
    tile,
    columns: rows[0].length,
    rows: rows.length,
    gapX: keptGap,
    gapY: keptGap,
  });
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.putImageData(frame, 0, 0);
  const [, png] = canvas.toDataURL('image/png').split(',');
  return { step, png };
}
