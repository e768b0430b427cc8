import type { TooltipContentProps } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { formatCount, formatReading } from '../format.ts';
import classes from './Chart.module.css';
import type { PlottedCurve } from './curves.ts';
import { isOffAxis, offAxisText } from './offAxis.ts';

function isPoint(value: unknown): value is Point {
  return typeof value === 'object' && value !== null && 'band' in value && 'from' in value;
}

/** What a point of a curve stands for: its steps, their mean and their extremes. */
export function PointTip({
  active,
  payload,
  decimals,
  scale,
}: Partial<Pick<TooltipContentProps, 'active' | 'payload'>> & Pick<PlottedCurve, 'decimals' | 'scale'>) {
  const point: unknown = payload?.[0]?.payload;
  if (!active || !isPoint(point)) return null;
  const { from, to, mean, band } = point;
  return (
    <div className={classes.tip}>
      <div>
        step {formatCount(from)}
        {to > from && ` to ${formatCount(to)}`}
      </div>
      <strong>{formatReading(mean, decimals)}</strong>
      {to > from && (
        <div>
          {formatReading(band[0], decimals)} to {formatReading(band[1], decimals)}
        </div>
      )}
      {isOffAxis(mean, scale) && <div>{offAxisText}</div>}
    </div>
  );
}
