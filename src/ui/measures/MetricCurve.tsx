import { memo, useMemo } from 'react';
import { stepRange } from '../charts/axes.ts';
import type { PlottedCurve } from '../charts/curves.ts';
import { Reading } from '../charts/Reading.tsx';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import { onlySeries } from '../charts/series.ts';
import { useChartStretch } from '../charts/useChartStretch.ts';
import { useHistory } from '../charts/useHistory.ts';
import { useEvaluations } from '../session/context.ts';
import { chanceLevel, metricPoints } from './view.ts';

const baseHeight = 150;
const axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] } as const;

/**
 * The FactorVAE metric of every measured step, of so many factors that vary, over the same steps and with the same
 * marks as the other curves.
 */
export const MetricCurve = memo(function MetricCurve({ varying }: { varying: number }) {
  const { history, ref, width } = useHistory();
  const records = useEvaluations((state) => state.records);
  const points = useMemo(() => metricPoints(records), [records]);
  const chance = chanceLevel(varying);
  const curve = useMemo(
    (): PlottedCurve => ({
      title: 'FactorVAE metric',
      scale: 'linear',
      decimals: 2,
      lines: chance === null || chance === 1 ? [] : [{ at: chance, label: 'chance' }],
    }),
    [chance],
  );
  return (
    <SeriesChart
      ref={ref}
      id="factorVaeMetric"
      term="factorVaeMetric"
      unit="0 to 1"
      curve={curve}
      axis={axis}
      range={stepRange(history.count, null)}
      series={[onlySeries(points, history.moves, { dots: true })]}
      reading={
        <Reading points={points} latest={points.at(-1)?.mean ?? Number.NaN} decimals={curve.decimals} />
      }
      empty={points.length === 0 ? 'Each measurement adds a point.' : null}
      width={width}
      height={baseHeight * useChartStretch()}
    />
  );
});
