import { usePlotArea, useYAxisScale } from 'recharts';
import { useTextScale } from '../room.ts';
import classes from './Chart.module.css';
import type { PlottedCurve } from './curves.ts';

/** Values of meaning, as lines across the plot; those with a name are dashed and named at the right. */
export function LevelLines({ lines }: Pick<PlottedCurve, 'lines'>) {
  const text = useTextScale();
  const plot = usePlotArea();
  const y = useYAxisScale();
  if (!plot || !y) return null;
  const right = plot.x + plot.width;
  return lines.map(({ at, label }) => {
    const height = y(at);
    if (height === undefined || height < plot.y || height > plot.y + plot.height) return null;
    return (
      <g key={at}>
        <line
          x1={plot.x}
          x2={right}
          y1={height}
          y2={height}
          stroke="var(--line-strong)"
          strokeDasharray={label ? '4 3' : undefined}
        />
        {label && (
          <text x={right - 5} y={height + 14 * text} textAnchor="end" className={classes.lineLabel}>
            {label}
          </text>
        )}
      </g>
    );
  });
}
