import type { Picture } from './pictures.ts';

/** Pixels that a pixel of a picture takes, and that lie around and between pictures. */
export interface Tiling {
  readonly scale: number;
  readonly gap: number;
}

/** RGBA of what lies between pictures, as one word. */
const [background] = new Uint32Array(Uint8Array.of(128, 128, 128, 255).buffer);

/** Rows of pictures of one size as one picture. */
export function tiled(rows: readonly (readonly Picture[])[], { scale, gap }: Tiling): Picture {
  const columns = Math.max(...rows.map((row) => row.length));
  const [[{ width, height }]] = rows;
  const stride = { x: width * scale + gap, y: height * scale + gap };
  const whole = { width: columns * stride.x + gap, height: rows.length * stride.y + gap };
  // A pixel is a word.
  const to = new Uint32Array(whole.width * whole.height).fill(background);
  rows.forEach((row, y) => {
    row.forEach(({ pixels }, x) => {
      const from = new Uint32Array(pixels.buffer, pixels.byteOffset, width * height);
      for (let line = 0; line < height * scale; line++) {
        const start = (gap + y * stride.y + line) * whole.width + gap + x * stride.x;
        const source = Math.floor(line / scale) * width;
        for (let column = 0; column < width * scale; column++)
          to[start + column] = from[source + Math.floor(column / scale)];
      }
    });
  });
  return { ...whole, pixels: new Uint8ClampedArray(to.buffer) };
}
