import type { RawImage } from './imageSource.ts';

/** How images are made alike. */
export interface Fit {
  /** Height and width. */
  readonly size: number;
  readonly channels: 1 | 3;
}

/**
 * The middle square of a picture in another size, [size, size, channels] bytes. What is transparent shows white. Grey is
 * .299 red + .587 green + .114 blue in 16 bits, as in Pillow. Sizes change by a triangle as wide as what becomes one pixel,
 * Pillow's BILINEAR, in double precision and without functions that browsers round in their own ways.
 */
export function fitted({ width, height, channels, pixels }: RawImage, fit: Fit): Uint8Array<ArrayBuffer> {
  const isFitting = width === fit.size && height === fit.size && channels === fit.channels;
  if (isFitting) return Uint8Array.from(pixels);
  const side = Math.min(width, height);
  const left = Math.floor((width - side) / 2);
  const top = Math.floor((height - side) / 2);
  const square = new Uint8Array(side * side * fit.channels);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const from = ((top + y) * width + left + x) * channels;
      const to = (y * side + x) * fit.channels;
      const isGrey = channels < 3;
      const alpha = channels === 4 ? pixels[from + 3] : channels === 2 ? pixels[from + 1] : 255;
      const red = overWhite(pixels[from], alpha);
      const green = isGrey ? red : overWhite(pixels[from + 1], alpha);
      const blue = isGrey ? red : overWhite(pixels[from + 2], alpha);
      if (fit.channels === 1) square[to] = (19595 * red + 38470 * green + 7471 * blue + 0x8000) >>> 16;
      else {
        square[to] = red;
        square[to + 1] = green;
        square[to + 2] = blue;
      }
    }
  return side === fit.size ? square : resized(square, side, fit);
}

function overWhite(value: number, alpha: number): number {
  return alpha === 255 ? value : Math.floor((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

function resized(square: Uint8Array, side: number, { size, channels }: Fit): Uint8Array<ArrayBuffer> {
  const taps = tapsOf(side, size);
  const narrow = new Float64Array(side * size * channels);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < size; x++)
      for (let c = 0; c < channels; c++) {
        const { first, weights } = taps[x];
        let sum = 0;
        for (let t = 0; t < weights.length; t++)
          sum += weights[t] * square[(y * side + first + t) * channels + c];
        narrow[(y * size + x) * channels + c] = sum;
      }
  const row = size * channels;
  const out = new Uint8Array(size * row);
  for (let y = 0; y < size; y++)
    for (let i = 0; i < row; i++) {
      const { first, weights } = taps[y];
      let sum = 0.5;
      for (let t = 0; t < weights.length; t++) sum += weights[t] * narrow[(first + t) * row + i];
      out[y * row + i] = Math.min(255, sum);
    }
  return out;
}

interface Taps {
  readonly first: number;
  readonly weights: Float64Array;
}

const known = new Map<string, readonly Taps[]>();

/** What of a line of `side` pixels goes into each of `size` pixels. */
function tapsOf(side: number, size: number): readonly Taps[] {
  const key = `${side} ${size}`;
  const taps = known.get(key) ?? Array.from({ length: size }, (_, i) => tapsAt(i, side, size));
  if (known.size > 100) known.clear();
  known.set(key, taps);
  return taps;
}

function tapsAt(i: number, side: number, size: number): Taps {
  const scale = side / size;
  const reach = Math.max(1, scale);
  const centre = (i + 0.5) * scale;
  const first = Math.max(0, Math.floor(centre - reach + 0.5));
  const end = Math.min(side, Math.floor(centre + reach + 0.5));
  const weights = Float64Array.from({ length: end - first }, (_, t) =>
    Math.max(0, 1 - Math.abs((first + t + 0.5 - centre) / reach)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { first, weights: weights.map((weight) => weight / sum) };
}
