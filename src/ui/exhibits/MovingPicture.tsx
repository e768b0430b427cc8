import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../model/pictures.ts';
import classes from './Exhibition.module.css';

const frameMs = 70;

interface MovingPictureProps {
  /** None until they are there. */
  readonly frames: readonly Picture[];
  readonly tile: number;
  /** CSS pixels for a picture's pixel. */
  readonly scale: number;
  readonly moving: boolean;
}

/** Goes through its frames and back again, all such pictures of a page in step. It draws past React. */
export function MovingPicture({ frames, tile, scale, moving }: MovingPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    // Where it stands still it shows the middle.
    if (!moving) draw(canvas.current, frames[Math.floor(frames.length / 2)]);
  }, [frames, moving]);

  useEffect(() => {
    if (!moving || frames.length === 0) return;
    let shown = -1;
    let request = 0;
    const next = (time: number) => {
      const way = 2 * (frames.length - 1);
      const at = Math.floor(time / frameMs) % way;
      if (at !== shown) draw(canvas.current, frames[at < frames.length ? at : way - at]);
      shown = at;
      request = requestAnimationFrame(next);
    };
    request = requestAnimationFrame(next);
    return () => cancelAnimationFrame(request);
  }, [frames, moving]);

  const side = tile * scale;
  return (
    <span className={classes.moving} aria-hidden="true">
      <canvas ref={canvas} width={tile} height={tile} style={{ width: side, height: side }} />
    </span>
  );
}

function draw(canvas: HTMLCanvasElement | null, picture: Picture | undefined): void {
  if (!picture) return;
  canvas?.getContext('2d')?.putImageData(new ImageData(picture.pixels, picture.width, picture.height), 0, 0);
}
