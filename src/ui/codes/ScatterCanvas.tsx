import { useComputedColorScheme } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useLayoutEffect, useRef } from 'react';
import classes from './Codes.module.css';
import { placeOf, strengthOf } from './scatterPlace.ts';

interface ScatterCanvasProps {
  /** [count, 2], across and up; null while there are none. */
  readonly points: Float32Array | null;
  /** Of each point, in nats. */
  readonly opinions: Float32Array | null;
  /** How far a latent goes either way. */
  readonly reach: number;
  /** What is to be seen, for screen readers. */
  readonly label: string;
}

const pointRadius = 2.2;

/** A square of points in the colours of opinions, drawn as one frame. */
export function ScatterCanvas({ points, opinions, reach, label }: ScatterCanvasProps) {
  const { ref: sizeRef, width } = useElementSize<HTMLCanvasElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useComputedColorScheme();
  const ref = useMergedRef(sizeRef, canvas);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colours
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context || width === 0) return;
    const ratio = window.devicePixelRatio;
    // Setting the size clears a canvas.
    element.width = Math.round(width * ratio);
    element.height = element.width;
    context.scale(ratio, ratio);
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    context.strokeStyle = colour('--line');
    for (const share of [-2 / 3, 0, 2 / 3]) {
      const { left, top } = placeOf(share * reach, share * reach, reach, width);
      context.strokeRect(left, 0, 0, width);
      context.strokeRect(0, top, width, 0);
    }
    if (!points || !opinions) return;
    const [real, shuffled, none] = [
      colour('--looks-real'),
      colour('--looks-shuffled'),
      colour('--looks-neither'),
    ];
    for (let i = 0; i < opinions.length; i++) {
      const { left, top } = placeOf(points[2 * i], points[2 * i + 1], reach, width);
      const strength = strengthOf(opinions[i]);
      context.beginPath();
      context.arc(left, top, pointRadius, 0, 2 * Math.PI);
      context.globalAlpha = 0.85;
      context.fillStyle = none;
      context.fill();
      context.globalAlpha = Math.abs(strength);
      context.fillStyle = strength > 0 ? real : shuffled;
      context.fill();
    }
  }, [points, opinions, reach, width, scheme]);
  return <canvas ref={ref} className={classes.scatter} role="img" aria-label={label} />;
}
