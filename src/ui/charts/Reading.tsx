import type { Point } from '../../history/decimate.ts';
import { formatQuantity, formatReading } from '../format.ts';
import classes from './Chart.module.css';
import { useCrosshair } from './crosshair.ts';
import { pointAt } from './series.ts';

interface ReadingProps {
  readonly points: readonly Point[];
  /** Shown while nobody reads. */
  readonly latest: number;
  readonly decimals: number;
  /** Whether the least and greatest value of the steps that a point stands for are told too. */
  readonly withBand?: boolean;
}

/** The value of a curve at the step that a person reads, else the latest one. */
export function Reading({ points, latest, decimals, withBand = false }: ReadingProps) {
  const step = useCrosshair((state) => state.step);
  if (step === null) return formatQuantity(latest, decimals);
  const point = pointAt(points, step);
  if (!point) return formatQuantity(Number.NaN);
  const [low, high] = point.band;
  return (
    <>
      {withBand && low < high && (
        <span className={classes.band}>
          {formatReading(low, decimals)} to {formatReading(high, decimals)}
        </span>
      )}{' '}
      {formatReading(point.mean, decimals)}
    </>
  );
}
