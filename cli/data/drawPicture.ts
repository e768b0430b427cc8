import { encode } from 'fast-png';
import { imagesOf } from '../../src/data/datasets.ts';
import { pictureAt } from '../../src/model/picture.ts';
import { tiled } from '../../src/model/tiled.ts';
import { replaceFile } from '../train/files.ts';
import type { DataTask } from './arguments.ts';

/**
 * Draws images by their factors into a PNG: one alone, or several as a grid with as many columns as rows, or one
 * more.
 * @throws WriteError
 */
export async function drawPicture({ images, factors, out }: DataTask & { task: 'draw' }): Promise<void> {
  const source = imagesOf(images);
  const numbers = new Float32Array(factors.length * source.imageLength);
  factors.forEach((values, i) => {
    source.draw(values, numbers, i * source.imageLength);
  });
  const pictures = factors.map((_, i) =>
    pictureAt(numbers, i, { imageSize: source.size, channels: source.channels }),
  );
  const columns = Math.ceil(Math.sqrt(pictures.length));
  const rows = Array.from({ length: Math.ceil(pictures.length / columns) }, (_, row) =>
    pictures.slice(row * columns, (row + 1) * columns),
  );
  const { width, height, pixels } = tiled(rows, { scale: 1, gap: 0 });
  await replaceFile(out, encode({ width, height, data: new Uint8Array(pixels.buffer), channels: 4 }));
}
