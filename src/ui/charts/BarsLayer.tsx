import { useContext } from 'react';
import { usePlotArea, useYAxisScale } from 'recharts';
import { formatQuantity, formatReading } from '../format.ts';
import { latentColour } from '../latentColour.ts';
import classes from './Chart.module.css';
import { LiveBarsContext } from './live.ts';

const widest = 44;
/** More bars leave no room for numbers over them. */
const mostNumbered = 12;

interface BarsLayerProps {
  readonly decimals: number;
  readonly unit: string;
}

/** A bar a latent in its colour, from the foot of the plot to its value. */
export function BarsLayer({ decimals, unit }: BarsLayerProps) {
  const values = useContext(LiveBarsContext);
  const plot = usePlotArea();
  const y = useYAxisScale();
  if (!values || !plot || !y) return null;
  const pitch = plot.width / values.length;
  const gap = values.length > mostNumbered ? 2 : pitch * 0.44;
  const width = Math.max(1, Math.min(widest, pitch - gap));
  const foot = plot.y + plot.height;
  return [...values.keys()].map((latent) => {
    const value = values[latent];
    const middle = plot.x + (latent + 0.5) * pitch;
    // What is not known has a dash, and no bar.
    const top = Number.isFinite(value) ? Math.min(foot, y(value) ?? foot) : foot;
    const text = formatQuantity(value, decimals);
    return (
      <g key={`z${latent}`} data-testid={`kl-z${latent}`} data-value={value}>
        <title>{`z${latent}: ${formatReading(value, decimals + 1)} (${unit})`}</title>
        <rect
          x={middle - width / 2}
          y={top}
          width={width}
          height={foot - top}
          rx={Math.min(3, width / 4)}
          fill={latentColour(latent)}
        />
        {values.length <= mostNumbered && (
          <text x={middle} y={top - 4} textAnchor="middle" className={classes.barLabel}>
            {text}
          </text>
        )}
      </g>
    );
  });
}
