import { type ScaleFunction, usePlotArea, useXAxisScale, useYAxisScale } from 'recharts';
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
  return (
    // An inner svg clips what lies beyond its axes.
    <svg {...plot} viewBox={`${plot.x} ${plot.y} ${plot.width} ${plot.height}`} aria-hidden="true">
      {left !== null && left !== undefined && (
        <line
          data-reading
          x1={left}
          x2={left}
          y1={plot.y}
          y2={plot.y + plot.height}
          stroke="var(--line-strong)"
        />
      )}
      {withRaw &&
        lines.map(({ run, raw }) => (
          <path
            key={run.key}
            d={pathOf(
              raw,
              raw.map(({ value }) => value),
              x,
              y,
            )}
            fill="none"
            stroke={run.style.colour}
            strokeOpacity={0.25}
            strokeWidth={1}
          />
        ))}
      {lines.map(({ run, raw, smoothed }) => (
        <g key={run.key}>
          <path
            data-testid="overlaid-curve"
            data-key={run.key}
            d={pathOf(raw, smoothed, x, y)}
            fill="none"
            stroke={run.style.colour}
            strokeDasharray={run.style.dash}
            strokeWidth={1.8}
            strokeLinejoin="round"
          />
          {dots &&
            raw.map(({ step, value }) => (
              <circle key={step} cx={x(step)} cy={y(value)} r={3} fill={run.style.colour} />
            ))}
        </g>
      ))}
    </svg>
  );
}

function pathOf(
  points: readonly { readonly step: number }[],
  values: readonly number[],
  x: ScaleFunction,
  y: ScaleFunction,
): string {
  const at = (scale: ScaleFunction, value: number) => (scale(value) ?? 0).toFixed(1);
  return points.map(({ step }, i) => `${i === 0 ? 'M' : 'L'}${at(x, step)} ${at(y, values[i])}`).join('');
}
