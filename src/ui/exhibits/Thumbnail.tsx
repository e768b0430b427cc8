import { useMemo } from 'react';
import type { Images } from '../../data/dataset.ts';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';

/** An image of a data set, drawn by the page itself. */
export function Thumbnail({ images, factors }: { images: Images; factors: readonly number[] }) {
  const picture = useMemo(() => {
    const { size, channels, imageLength } = images;
    const numbers = new Float32Array(imageLength);
    images.draw(factors, numbers);
    const pixels = new Uint8ClampedArray(4 * size * size).fill(255);
    for (let pixel = 0; pixel < size * size; pixel++)
      for (let colour = 0; colour < 3; colour++)
        pixels[4 * pixel + colour] = 255 * numbers[pixel * channels + (channels === 3 ? colour : 0)];
    return { width: size, height: size, pixels };
  }, [images, factors]);
  return <SinglePicture picture={picture} size={images.size} label={null} />;
}
