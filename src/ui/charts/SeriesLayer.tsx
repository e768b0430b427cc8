import { memo, useContext, useMemo } from 'react';
import { type PlotArea, type ScaleFunction, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { LiveSeriesContext } from './live.ts';
import { Marks } from './Marks.tsx';
import { PlacedPoints } from './PlacedPoints.ts';
import { bandPath, clipTo, dotsPath, gapsPath, linePath, lonePath } from './paths.ts';
import type { Series } from './series.ts';

/**
 * The moving part of a chart, on the scales of the axes around it: the curves, and the marks of changed settings.
 */
export function SeriesLayer() {
  const live = useContext(LiveSeriesContext);
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!live || !plot || !x || !y) return null;
  const { series, range } = live;
  return (
    <>
      <svg {...clipTo(plot)} aria-hidden="true">
        {series.map((one) => (
          <Curve key={one.key} series={one} plot={plot} x={x} y={y} />
        ))}
      </svg>
      {series.map(
        ({ key, moves, gammaColour }, i) =>
          moves.length > 0 && (
            <g key={key} color={gammaColour} data-testid={`marks-${key}`}>
              <Marks moves={moves} range={range} plot={plot} below={i} />
            </g>
          ),
      )}
    </>
  );
}

interface CurveProps {
  readonly series: Series;
  readonly plot: PlotArea;
  readonly x: ScaleFunction;
  readonly y: ScaleFunction;
}

/**
 * Band, mean, what it was made from, and at the foot of the plot marks of the values that the axis has no place
 * for.
 */
const Curve = memo(function Curve({ series, plot, x, y }: CurveProps) {
  const { key, points, behind, dots, style } = series;
  const { colour, dash } = style;
  const foot = plot.y + plot.height;
  const placed = useMemo(() => new PlacedPoints(x, y, foot), [x, y, foot]);
  const places = points.map((point) => placed.of(point));
  const placesBehind = behind.map((line) => line.map((point) => placed.of(point)));
  const gaps = behind.length > 0 ? placesBehind : [places];
  return (
    <g data-testid={`curve-${key}`}>
      <path d={bandPath(places)} fill={colour} fillOpacity={0.17} />
      <path
        d={placesBehind.map(linePath).join('')}
        fill="none"
        stroke={colour}
        strokeOpacity={0.25}
        strokeWidth={1}
      />
      <path
        data-testid="curve"
        d={linePath(places)}
        fill="none"
        stroke={colour}
        strokeDasharray={dash}
        strokeWidth={1.7}
        strokeLinejoin="round"
      />
      <path
        d={dots ? dotsPath(places) : lonePath(places)}
        stroke={colour}
        strokeWidth={5.2}
        strokeLinecap="round"
      />
      <path
        data-testid="gaps"
        d={gaps.map((line) => gapsPath(line, foot)).join('')}
        fill={colour}
        stroke={colour}
      />
    </g>
  );
});
