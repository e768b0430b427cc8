import type { Picture } from './pictures.ts';

/** Picture `index` of images [count, height, width, channels] in [0, 1]. */
export function pictureAt(
  images: Float32Array,
  index: number,
  { imageSize, channels }: { readonly imageSize: number; readonly channels: number },
): Picture {
  const pixels = new Uint8ClampedArray(imageSize * imageSize * 4);
  const start = index * imageSize * imageSize * channels;
  for (let pixel = 0; pixel < imageSize * imageSize; pixel++) {
    for (let colour = 0; colour < 3; colour++)
      pixels[pixel * 4 + colour] = 255 * images[start + pixel * channels + (channels === 3 ? colour : 0)];
    pixels[pixel * 4 + 3] = 255;
  }
  return { width: imageSize, height: imageSize, pixels };
}
