import { useContext, useMemo } from 'react';
import { type ScaleFunction, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { LiveCurveContext } from './live.ts';
import { Marks } from './Marks.tsx';

/** The moving part of a chart, on the scales of the axes around it: band, mean, and the marks of changed settings. */
export function CurveLayer() {
  const live = useContext(LiveCurveContext);
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const placed = useMemo(() => x && y && new PlacedPoints(x, y), [x, y]);
  if (!live || !plot || !placed) return null;
  const { points, changes, range, dots } = live;
  const places = points.map((point) => placed.of(point));
  return (
    <>
      {/* An inner svg clips what lies beyond its axes. */}
      <svg {...plot} viewBox={`${plot.x} ${plot.y} ${plot.width} ${plot.height}`} aria-hidden="true">
        <path d={bandPath(places)} fill="var(--band)" />
        <path
          data-testid="curve"
          d={meanPath(places)}
          fill="none"
          stroke="var(--curve)"
          strokeWidth={1.6}
          strokeLinejoin="round"
        />
        {dots && <path d={dotsPath(places)} stroke="var(--curve)" strokeWidth={5.2} strokeLinecap="round" />}
      </svg>
      <Marks changes={changes} range={range} plot={plot} />
    </>
  );
}

/** Where a point's mean and the edges of its band lie on the page: "x y" in pixels, as paths want it. */
interface Place {
  readonly mean: string;
  readonly low: string;
  readonly high: string;
}

/** Points stay where they are until the axes change: each is placed, and written, once. */
class PlacedPoints {
  readonly #x: ScaleFunction;
  readonly #y: ScaleFunction;
  readonly #places = new WeakMap<Point, Place>();

  constructor(x: ScaleFunction, y: ScaleFunction) {
    this.#x = x;
    this.#y = y;
  }

  of(point: Point): Place {
    const known = this.#places.get(point);
    if (known) return known;
    const x = at(this.#x, point.step);
    const place = {
      mean: `${x} ${at(this.#y, point.mean)}`,
      low: `${x} ${at(this.#y, point.band[0])}`,
      high: `${x} ${at(this.#y, point.band[1])}`,
    };
    this.#places.set(point, place);
    return place;
  }
}

const at = (scale: ScaleFunction, value: number) => (scale(value) ?? 0).toFixed(1);

function meanPath(places: readonly Place[]): string {
  return places.length === 0 ? '' : `M${places.map(({ mean }) => mean).join('L')}`;
}

/** Along the highest values and back along the lowest. */
function bandPath(places: readonly Place[]): string {
  if (places.length === 0) return '';
  const there = places.map(({ high }) => high);
  const back = places.map(({ low }) => low).reverse();
  return `M${there.join('L')}L${back.join('L')}Z`;
}

/** Lines of no length, for round ends. */
function dotsPath(places: readonly Place[]): string {
  return places.map(({ mean }) => `M${mean}h0`).join('');
}
