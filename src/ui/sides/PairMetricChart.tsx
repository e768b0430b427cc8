import { memo } from 'react';
import { useStore } from 'zustand';
import { stepRange } from '../charts/axes.ts';
import type { PlottedCurve } from '../charts/curves.ts';
import { useChartStretch } from '../charts/useChartStretch.ts';
import { useDrawing } from '../charts/useHistory.ts';
import { metricPoints } from '../measures/view.ts';
import { PairFigure } from './PairFigure.tsx';
import { bySide } from './pair.ts';
import type { Pair } from './sides.ts';

const baseHeight = 128;
const axis = { domain: [0, 1], ticks: [0, 0.5, 1] } as const;
const curve: PlottedCurve = { title: 'FactorVAE metric', scale: 'linear', decimals: 2, lines: [] };

/** The FactorVAE metric of both sides, at every step that was measured. */
export const PairMetricChart = memo(function PairMetricChart({ pair }: { pair: Pair }) {
  const { ref, width } = useDrawing([pair.A, pair.B]);
  const height = baseHeight * useChartStretch();
  const points = {
    A: metricPoints(useStore(pair.A.evaluations, ({ records }) => records)),
    B: metricPoints(useStore(pair.B.evaluations, ({ records }) => records)),
  };
  return (
    <PairFigure
      pair={pair}
      id="factorVaeMetric"
      term="factorVaeMetric"
      unit="0 to 1"
      curve={curve}
      ref={ref}
      width={width}
      height={height}
      axis={axis}
      range={stepRange(Math.max(pair.A.history.count, pair.B.history.count), null)}
      points={points}
      latest={bySide((side) => points[side].at(-1)?.mean ?? Number.NaN)}
      missing={{ A: null, B: null }}
      invitation="Measure both: each measurement adds a point."
      dots
    />
  );
});
