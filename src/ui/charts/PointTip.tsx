import type { TooltipContentProps } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { formatCount, formatQuantity } from '../format.ts';
import classes from './Chart.module.css';

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 'band' in value && 'from' in value;
}

/** What a point of a curve stands for: its steps, their mean and their extremes. */
export function PointTip({
  active,
  payload,
  decimals,
}: Partial<Pick<TooltipContentProps, 'active' | 'payload'>> & { decimals: number }) {
  const point: unknown = payload?.[0]?.payload;
  if (!active || !isPoint(point)) return null;
  const { from, to, mean, band } = point;
  return (
    <div className={classes.tip}>
      <div>
        step {formatCount(from)}
        {to > from && ` to ${formatCount(to)}`}
      </div>
      <strong>{formatQuantity(mean, decimals)}</strong>
      {to > from && (
        <div>
          {formatQuantity(band[0], decimals)} to {formatQuantity(band[1], decimals)}
        </div>
      )}
    </div>
  );
}
