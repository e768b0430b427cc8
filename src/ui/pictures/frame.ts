import type { Picture } from '../../model/pictures.ts';

/** Rows of pictures of one size, and the gaps between them, in the pictures' own pixels. */
export interface FrameLayout {
  readonly tile: number;
  readonly columns: number;
  readonly rows: number;
  readonly gapX: number;
  /** Above every row but the first. */
  readonly gapY: number;
}

export function frameSize({ tile, columns, rows, gapX, gapY }: FrameLayout): {
  width: number;
  height: number;
} {
  return {
    width: Math.max(1, columns * (tile + gapX) - gapX),
    height: Math.max(1, rows * (tile + gapY) - gapY),
  };
}

/** One picture made of all tiles, so that a canvas changes whole. */
export function composeFrame(rows: readonly (readonly Picture[])[], layout: FrameLayout): ImageData {
  const { width, height } = frameSize(layout);
  const frame = new ImageData(width, height);
  rows.forEach((pictures, row) => {
    pictures.forEach((picture, column) => {
      const left = column * (layout.tile + layout.gapX);
      const top = row * (layout.tile + layout.gapY);
      for (let line = 0; line < picture.height; line++) {
        const from = line * picture.width * 4;
        frame.data.set(
          picture.pixels.subarray(from, from + picture.width * 4),
          ((top + line) * width + left) * 4,
        );
      }
    });
  });
  return frame;
}
