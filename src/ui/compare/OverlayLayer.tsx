import { memo, useMemo } from 'react';
import { type ScaleFunction, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
import { clipTo, dotsPath, gapsPath, linePath, lonePath, placeOf } from '../charts/paths.ts';
import type { OverlaidLine } from './overlay.ts';

interface OverlayLayerProps {
  readonly lines: readonly OverlaidLine[];
  /** Whether what was recorded is drawn faintly behind the smoothed lines. */
  readonly withRaw: boolean;
  /** Whether every point is marked. */
  readonly dots: boolean;
  /** The step that a person reads. */
  readonly cursor: number | null;
}

/** The curves, on the scales of the axes around them. */
export function OverlayLayer({ lines, withRaw, dots, cursor }: OverlayLayerProps) {
  const plot = usePlotArea();
  const x = useXAxisScale();
  const y = useYAxisScale();
  if (!plot || !x || !y) return null;
  const left = cursor === null ? null : x(cursor);
  const foot = plot.y + plot.height;
  return (
    <svg {...clipTo(plot)} aria-hidden="true">
      {left !== null && left !== undefined && (
        <line data-reading x1={left} x2={left} y1={plot.y} y2={foot} stroke="var(--line-strong)" />
      )}
      {withRaw && lines.map((line) => <Recorded key={line.run.key} line={line} x={x} y={y} />)}
      {lines.map((line) => (
        <Curve key={line.run.key} line={line} x={x} y={y} dots={dots} foot={foot} />
      ))}
    </svg>
  );
}

interface LineProps {
  readonly line: OverlaidLine;
  readonly x: ScaleFunction;
  readonly y: ScaleFunction;
}

/** What was recorded, faintly. */
const Recorded = memo(function Recorded({ line, x, y }: LineProps) {
  const { raw, run } = line;
  const path = useMemo(() => linePath(raw.map(({ step, value }) => placeOf(x, y, step, value))), [raw, x, y]);
  return <path d={path} fill="none" stroke={run.style.colour} strokeOpacity={0.25} strokeWidth={1} />;
});

interface CurveProps extends LineProps {
  readonly dots: boolean;
  readonly foot: number;
}

/** The line of a run, and at the foot of the plot marks of the recorded values that the axis has no place for. */
const Curve = memo(function Curve({ line, x, y, dots, foot }: CurveProps) {
  const { raw, smoothed, run } = line;
  const { colour, dash } = run.style;
  const paths = useMemo(() => {
    const places = raw.map(({ step }, i) => placeOf(x, y, step, smoothed[i]));
    const recorded = raw.map(({ step, value }) => placeOf(x, y, step, value));
    return {
      line: linePath(places),
      dots: dots ? dotsPath(places) : lonePath(places),
      gaps: gapsPath(recorded, foot),
    };
  }, [raw, smoothed, x, y, dots, foot]);
  return (
    <g>
      <path
        data-testid="overlaid-curve"
        data-key={run.key}
        d={paths.line}
        fill="none"
        stroke={colour}
        strokeDasharray={dash}
        strokeWidth={1.8}
        strokeLinejoin="round"
      />
      <path d={paths.dots} stroke={colour} strokeWidth={6} strokeLinecap="round" />
      <path data-testid="gaps" data-key={run.key} d={paths.gaps} fill={colour} stroke={colour} />
    </g>
  );
});
