import { decode, encode } from 'fast-png';
import type { Picture, PictureSet } from '../../src/model/pictures.ts';
import { type KeptPicture, keptGap } from '../../src/record/keptPicture.ts';

/** Pixels of a PNG that a pixel of the model takes, and that lie between two pictures. */
interface Tiling {
  readonly scale: number;
  readonly gap: number;
}
const ofFiles: Tiling = { scale: 3, gap: 2 };
const ofRecords: Tiling = { scale: 1, gap: keptGap };
/** RGBA of what lies between pictures. */
const background = [128, 128, 128, 255] as const;

/** Images above their reconstructions, as a PNG; null where there are none. */
export function reconstructionsPng({ inputs, reconstructions }: PictureSet): Uint8Array | null {
  return reconstructions && tiledPng([inputs, reconstructions], ofFiles);
}

/** A row a latent, in the latents' own order, along which it goes from -3 to 3, as a PNG; null where there are none. */
export function traversalsPng({ traversal }: PictureSet): Uint8Array | null {
  return traversal && tiledPng(traversal.rows, ofFiles);
}

/** The same in its own size, for the record of the run. */
export function keptTraversals({ step, traversal }: PictureSet): KeptPicture | null {
  if (!traversal) return null;
  return { step, png: Buffer.from(tiledPng(traversal.rows, ofRecords)).toString('base64') };
}

/** Whether these are the bytes of a whole PNG. */
export function isPng(bytes: Uint8Array | null): boolean {
  try {
    return bytes !== null && decode(bytes, { checkCrc: true }).width > 0;
  } catch {
    return false;
  }
}

/** Rows of pictures of one size, enlarged, as a PNG. */
function tiledPng(rows: readonly (readonly Picture[])[], { scale, gap }: Tiling): Uint8Array {
  const columns = Math.max(...rows.map((row) => row.length));
  const [[{ width, height }]] = rows;
  const stride = { x: width * scale + gap, y: height * scale + gap };
  const canvas = { width: columns * stride.x + gap, height: rows.length * stride.y + gap };
  const data = new Uint8Array(canvas.width * canvas.height * 4);
  for (let at = 0; at < data.length; at += 4) data.set(background, at);
  rows.forEach((row, y) => {
    row.forEach((picture, x) => {
      draw(picture, scale, data, canvas.width, gap + x * stride.x, gap + y * stride.y);
    });
  });
  return encode({ ...canvas, data, channels: 4 });
}

function draw(
  picture: Picture,
  scale: number,
  data: Uint8Array,
  width: number,
  left: number,
  top: number,
): void {
  for (let y = 0; y < picture.height * scale; y++)
    for (let x = 0; x < picture.width * scale; x++) {
      const from = 4 * (Math.floor(y / scale) * picture.width + Math.floor(x / scale));
      data.set(picture.pixels.subarray(from, from + 4), 4 * ((top + y) * width + left + x));
    }
}
