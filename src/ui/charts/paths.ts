import type { PlotArea, ScaleFunction } from 'recharts';

/** Where a point of a curve lies on the page, as paths want it: pixels as text. */
export interface Place {
  readonly x: string;
  /** "x y"; null for a value that the axis has no place for: 0 or below on a logarithmic one. */
  readonly mean: string | null;
}

/** With the edges of the point's band, "x y"; an edge that has no place of its own lies at the foot. */
export interface BandPlace extends Place {
  readonly low: string;
  readonly high: string;
}

/** Far beyond any plot; a renderer's numbers end somewhere, and what lies beyond the plot is clipped. */
const farthest = 1e5;

/** A value on a scale, in pixels; null where the scale has no place for it. */
export function pixel(scale: ScaleFunction, value: number): string | null {
  const at = scale(value);
  return at === undefined || !Number.isFinite(at)
    ? null
    : Math.max(-farthest, Math.min(farthest, at)).toFixed(1);
}

/** The place of a value at a step. */
export function placeOf(x: ScaleFunction, y: ScaleFunction, step: number, value: number): Place {
  const left = pixel(x, step) ?? '0';
  const top = pixel(y, value);
  return { x: left, mean: top === null ? null : `${left} ${top}` };
}

/** Room over and under a plot, in pixels, for lines that lie on its very edge. */
const edge = 2;

/** An svg over a plot, in the pixels around it, which clips what lies beyond the axes. */
export function clipTo({ x, y, width, height }: PlotArea) {
  const [top, tall] = [y - edge, height + 2 * edge];
  return { x, y: top, width, height: tall, viewBox: `${x} ${top} ${width} ${tall}` };
}

/** Along the highest values and back along the lowest; nothing where no point stands for more than one value. */
export function bandPath(places: readonly BandPlace[]): string {
  if (places.every(({ low, high }) => low === high)) return '';
  const there = places.map(({ high }) => high);
  const back = places.map(({ low }) => low).reverse();
  return `M${there.join('L')}L${back.join('L')}Z`;
}

/** The curve through the places, broken where there is none. */
export function linePath(places: readonly Place[]): string {
  let path = '';
  let drawing = false;
  for (const { mean } of places) {
    if (mean !== null) {
      path += drawing ? 'L' : 'M';
      path += mean;
    }
    drawing = mean !== null;
  }
  return path;
}

/** Places with none beside them, which a line would not show: lines of no length, for round ends. */
export function lonePath(places: readonly Place[]): string {
  let path = '';
  for (let i = 0; i < places.length; i++) {
    const { mean } = places[i];
    const alone =
      (i === 0 || places[i - 1].mean === null) && (i + 1 === places.length || places[i + 1].mean === null);
    if (alone && mean !== null) path += `M${mean}h0`;
  }
  return path;
}

/** All places as lines of no length, for round ends. */
export function dotsPath(places: readonly Place[]): string {
  let path = '';
  for (const { mean } of places) if (mean !== null) path += `M${mean}h0`;
  return path;
}

/**
 * Marks at the foot of a plot where values are missing: an arrow down where they begin and end, and a line
 * between.
 */
export function gapsPath(places: readonly Place[], foot: number): string {
  let path = '';
  for (let i = 0; i < places.length; i++) {
    if (places[i].mean !== null) continue;
    const begin = places[i].x;
    while (i + 1 < places.length && places[i + 1].mean === null) i++;
    const end = places[i].x;
    path += arrow(begin, foot);
    if (end !== begin) path += `${arrow(end, foot)}M${begin} ${foot - 1}H${end}`;
  }
  return path;
}

const arrow = (x: string, foot: number) => `M${x} ${foot - 1}l-4 -7h8z`;
