import { memo, useMemo } from 'react';
import { stepRange } from '../charts/axes.ts';
import { ChartFrame } from '../charts/ChartFrame.tsx';
import type { PlottedCurve } from '../charts/curves.ts';
import { LiveCurveContext } from '../charts/live.ts';
import { MetricPlot } from '../charts/MetricPlot.tsx';
import { useChartStretch } from '../charts/useChartStretch.ts';
import { useHistory } from '../charts/useHistory.ts';
import { formatQuantity } from '../format.ts';
import { useEvaluations } from '../session/context.ts';
import { chanceLevel, metricPoints } from './view.ts';

const baseHeight = 150;
const axis = { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1] } as const;

/** The FactorVAE metric of every measured step, of so many factors that vary, over the same steps and with the same marks as the other curves. */
export const MetricCurve = memo(function MetricCurve({ varying }: { varying: number }) {
  const { history, ref, width } = useHistory();
  const records = useEvaluations((state) => state.records);
  const points = useMemo(() => metricPoints(records), [records]);
  const height = baseHeight * useChartStretch();
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
  const range = stepRange(history.count, null);
  return (
    <ChartFrame
      ref={ref}
      id="factorVaeMetric"
      term="factorVaeMetric"
      title="FactorVAE metric"
      unit="0 to 1"
      latest={formatQuantity(points.at(-1)?.mean ?? Number.NaN, 2)}
      height={height}
      axisName="step"
      empty={points.length === 0 ? 'A point for every measured step.' : null}
    >
      {width > 0 && (
        <LiveCurveContext value={{ points, moves: history.moves, range, dots: true }}>
          <MetricPlot
            curve={curve}
            axis={axis}
            first={range.first}
            end={range.end}
            width={width}
            height={height}
            read={points}
          />
        </LiveCurveContext>
      )}
    </ChartFrame>
  );
});
