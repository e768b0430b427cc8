import { offAxisNote } from '../charts/offAxis.ts';
import { Reading } from '../charts/Reading.tsx';
import type { Series } from '../charts/series.ts';
import classes from './Compare.module.css';
import { Swatch } from './Swatch.tsx';

interface SeriesLegendProps {
  readonly series: readonly Series[];
  readonly decimals: number;
  /** How many values of a curve, by its key, the axis has no place for; none where it has room for all. */
  readonly offAxis: ReadonlyMap<string, number>;
}

/** Which line is whose, each with its value at the step that a person reads, or its last one. */
export function SeriesLegend({ series, decimals, offAxis }: SeriesLegendProps) {
  return (
    <ul className={classes.seriesLegend} aria-label="Curves, with their values">
      {series.map(({ key, name, style, points }) => {
        const count = offAxis.get(key);
        return (
          <li key={key} data-testid="legend-entry" data-key={key}>
            <Swatch style={style} />
            <span className={classes.seriesName}>{name}</span>
            <strong>
              <Reading points={points} latest={points.at(-1)?.mean ?? Number.NaN} decimals={decimals} />
            </strong>
            {count !== undefined && (
              <span className={classes.offAxis} data-testid="off-axis">
                {name}: {offAxisNote(count)}. Arrows at the foot mark where.
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
