import { memo, useRef } from 'react';
import { useRun } from '../session/context.ts';
import { settledAxis, stepRange } from './axes.ts';
import { type Curve, unmeasuredNote } from './curves.ts';
import { Reading } from './Reading.tsx';
import { SeriesChart } from './SeriesChart.tsx';
import { onlySeries } from './series.ts';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';
import { usePoints } from './usePoints.ts';
import { valueAxis } from './view.ts';

interface MetricChartProps {
  readonly curve: Curve;
  /** How many of the latest steps are drawn; null for the whole run. */
  readonly last: number | null;
  /** Of the plot, where it is not the curve's own. */
  readonly height?: number;
}

export const MetricChart = memo(function MetricChart({ curve, last, height }: MetricChartProps) {
  const ownHeight = curve.height * useChartStretch();
  const { history, young, ref, width } = useHistory();
  const missing = useRun((run) => unmeasuredNote(curve, run.info?.columns ?? null));
  const failed = useRun((run) => run.phase === 'failed');
  const range = stepRange(history.count, last);
  const points = usePoints(history, curve, range, width);
  const fitting = valueAxis(curve, points);
  const axis = useRef(fitting);
  axis.current = points.length === 0 ? fitting : settledAxis(axis.current, fitting, curve.scale, young);
  const latest = history.recentMean(curve.metric) * curve.factor;
  const invitation =
    points.length === 0 ? (failed ? 'Nothing to draw.' : 'Press Run to start this chart.') : null;

  return (
    <SeriesChart
      ref={ref}
      id={curve.metric}
      term={curve.term}
      unit={curve.unit}
      curve={curve}
      axis={axis.current}
      range={range}
      series={[onlySeries(points, history.moves)]}
      reading={<Reading points={points} latest={latest} decimals={curve.decimals} withBand />}
      lead={curve.lead}
      empty={missing ?? invitation}
      width={width}
      height={height ?? ownHeight}
    />
  );
});
