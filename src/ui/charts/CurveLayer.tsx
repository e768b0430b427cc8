import { useContext, useMemo } from 'react';
import { type ScaleFunction, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { LiveCurveContext } from './live.ts';
import { Marks } from './Marks.tsx';
import { clipTo, dotsPath, gapsPath, linePath, lonePath, type Place, pixel, placeOf } from './paths.ts';

/** The moving part of a chart, on the scales of the axes around it: band, mean, and the marks of changed settings. */
export function CurveLayer() {
  const live = useContext(LiveCurveContext);
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  const foot = plot && plot.y + plot.height;
  const placed = useMemo(() => x && y && foot && new PlacedPoints(x, y, foot), [x, y, foot]);
  if (!live || !plot || !foot || !placed) return null;
  const { points, moves, range, dots } = live;
  const places = points.map((point) => placed.of(point));
  const round = { stroke: 'var(--curve)', strokeWidth: 5.2, strokeLinecap: 'round' } as const;
  return (
    <>
      <svg {...clipTo(plot)} aria-hidden="true">
        <path d={bandPath(places)} fill="var(--band)" />
        <path
          data-testid="curve"
          d={linePath(places)}
          fill="none"
          stroke="var(--curve)"
          strokeWidth={1.6}
          strokeLinejoin="round"
        />
        <path d={dots ? dotsPath(places) : lonePath(places)} {...round} />
        <path data-testid="gaps" d={gapsPath(places, foot)} fill="var(--curve)" stroke="var(--curve)" />
      </svg>
      <Marks moves={moves} range={range} plot={plot} />
    </>
  );
}

/** With the edges of the point's band, "x y"; an edge that has no place of its own lies at the foot. */
interface BandPlace extends Place {
  readonly low: string;
  readonly high: string;
}

/** Points stay where they are until the axes change: each is placed, and written, once. */
class PlacedPoints {
  readonly #x: ScaleFunction;
  readonly #y: ScaleFunction;
  readonly #foot: string;
  readonly #places = new WeakMap<Point, BandPlace>();

  constructor(x: ScaleFunction, y: ScaleFunction, foot: number) {
    this.#x = x;
    this.#y = y;
    this.#foot = foot.toFixed(1);
  }

  of(point: Point): BandPlace {
    const known = this.#places.get(point);
    if (known) return known;
    const { x, mean } = placeOf(this.#x, this.#y, point.step, point.mean);
    const place = {
      x,
      mean,
      low: `${x} ${pixel(this.#y, point.band[0]) ?? this.#foot}`,
      high: `${x} ${pixel(this.#y, point.band[1]) ?? this.#foot}`,
    };
    this.#places.set(point, place);
    return place;
  }
}

/** Along the highest values and back along the lowest. */
function bandPath(places: readonly BandPlace[]): string {
  if (places.length === 0) return '';
  const there = places.map(({ high }) => high);
  const back = places.map(({ low }) => low).reverse();
  return `M${there.join('L')}L${back.join('L')}Z`;
}
