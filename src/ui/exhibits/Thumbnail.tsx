import { useMemo } from 'react';
import type { Images } from '../../data/dataset.ts';
import { pictureAt } from '../../model/picture.ts';
import { SinglePicture } from '../pictures/PictureCanvas.tsx';

/** An image of a data set, drawn by the page itself. */
export function Thumbnail({ images, factors }: { images: Images; factors: readonly number[] }) {
  const picture = useMemo(() => {
    const numbers = new Float32Array(images.imageLength);
    images.draw(factors, numbers);
    return pictureAt(numbers, 0, { imageSize: images.size, channels: images.channels });
  }, [images, factors]);
  return <SinglePicture picture={picture} size={images.size} label={null} />;
}
