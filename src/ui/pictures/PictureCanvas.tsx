import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import type { Picture } from '../../model/pictures.ts';
import { composeFrame, type FrameLayout, frameSize } from './frame.ts';

interface PictureCanvasProps {
  readonly rows: readonly (readonly Picture[])[];
  readonly layout: FrameLayout;
  /** CSS pixels for a picture's pixel. */
  readonly scale: number;
  /** What is to be seen, for screen readers; null where words beside it say so already. */
  readonly label: string | null;
  readonly style?: CSSProperties;
}

/** Pictures in rows on one canvas, swapped as one complete frame. */
export function PictureCanvas({ rows, layout, scale, label, style }: PictureCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = frameSize(layout);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    // Setting the size clears a canvas, so only where it changed.
    if (element.width !== width) element.width = width;
    if (element.height !== height) element.height = height;
    context.putImageData(composeFrame(rows, layout), 0, 0);
  });
  return (
    <canvas
      ref={canvas}
      role={label === null ? 'presentation' : 'img'}
      aria-label={label ?? undefined}
      style={{ width: width * scale, height: height * scale, display: 'block', ...style }}
    />
  );
}

/** One picture, as large as `size` CSS pixels allow at whole multiples. */
export function SinglePicture({
  picture,
  size,
  label,
}: {
  picture: Picture;
  size: number;
  label: string | null;
}) {
  const layout = { tile: picture.width, columns: 1, rows: 1, gapX: 0, gapY: 0 };
  const ratio = window.devicePixelRatio;
  const whole = Math.floor((size * ratio) / picture.width) / ratio;
  // Only a thumbnail smaller than its picture is not at a whole multiple: it is smoothed instead.
  return whole > 0 ? (
    <PictureCanvas rows={[[picture]]} layout={layout} scale={whole} label={label} />
  ) : (
    <PictureCanvas
      rows={[[picture]]}
      layout={layout}
      scale={size / picture.width}
      label={label}
      style={{ imageRendering: 'auto' }}
    />
  );
}
