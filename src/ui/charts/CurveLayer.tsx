import { useContext } from 'react';
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
  if (!live || !plot || !x || !y) return null;
  const { points, changes, range, dots } = live;
  return (
    <>
      {/* An inner svg clips what lies beyond its axes. */}
      <svg {...plot} viewBox={`${plot.x} ${plot.y} ${plot.width} ${plot.height}`} aria-hidden="true">
        <path d={bandPath(points, x, y)} fill="var(--band)" />
        <path
          data-testid="curve"
          d={meanPath(points, x, y)}
          fill="none"
          stroke="var(--curve)"
          strokeWidth={1.6}
          strokeLinejoin="round"
        />
        {dots &&
          points.map(({ step, mean }) => (
            <circle key={step} cx={at(x, step)} cy={at(y, mean)} r={2.6} fill="var(--curve)" />
          ))}
      </svg>
      <Marks changes={changes} range={range} plot={plot} />
    </>
  );
}

const at = (scale: ScaleFunction, value: number) => (scale(value) ?? 0).toFixed(1);

function meanPath(points: readonly Point[], x: ScaleFunction, y: ScaleFunction): string {
  return points.map(({ step, mean }, i) => `${i === 0 ? 'M' : 'L'}${at(x, step)} ${at(y, mean)}`).join('');
}

/** Along the highest values and back along the lowest. */
function bandPath(points: readonly Point[], x: ScaleFunction, y: ScaleFunction): string {
  const edge = (side: 0 | 1) => points.map(({ step, band }) => `${at(x, step)} ${at(y, band[side])}`);
  const outline = [...edge(1), ...edge(0).reverse()];
  return outline.length === 0 ? '' : `M${outline.join('L')}Z`;
}
