import type { ImageSource } from './imageSource.ts';

/** Images that tell. */
const few = 16;

/** Whether any of the first images has a pixel that is not grey. */
export async function isColour(source: ImageSource): Promise<boolean> {
  for await (const item of source.images((number) => number < few)) {
    if ('image' in item && item.image.channels >= 3) {
      const { channels, pixels } = item.image;
      for (let at = 0; at < pixels.length; at += channels)
        if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return true;
    }
    if (item.number >= few - 1) return false;
  }
  return false;
}
