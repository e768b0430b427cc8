import { memo, useRef } from 'react';
import { useStore } from 'zustand';
import { settledAxis, stepRange } from '../charts/axes.ts';
import { type Curve, unmeasuredNote } from '../charts/curves.ts';
import { useChartStretch } from '../charts/useChartStretch.ts';
import { useDrawing } from '../charts/useHistory.ts';
import { usePoints } from '../charts/usePoints.ts';
import { valueAxis } from '../charts/view.ts';
import type { Session } from '../session/session.ts';
import { PairFigure } from './PairFigure.tsx';
import { bySide } from './pair.ts';
import type { Pair } from './sides.ts';

interface PairChartProps {
  readonly pair: Pair;
  readonly curve: Curve;
  /** How many of the latest steps are drawn; null for all. */
  readonly last: number | null;
}

/** One metric of both sides at every step. */
export const PairChart = memo(function PairChart({ pair, curve, last }: PairChartProps) {
  const { young, ref, width } = useDrawing([pair.A, pair.B]);
  const height = curve.height * useChartStretch();
  const missing = { A: useUnmeasuredNote(pair.A, curve), B: useUnmeasuredNote(pair.B, curve) };
  const range = stepRange(Math.max(pair.A.history.count, pair.B.history.count), last);
  const points = {
    A: usePoints(pair.A.history, curve, range, width),
    B: usePoints(pair.B.history, curve, range, width),
  };
  const fitting = valueAxis(curve, points.A, points.B);
  const axis = useRef(fitting);
  const empty = points.A.length + points.B.length === 0;
  axis.current = empty ? fitting : settledAxis(axis.current, fitting, curve.scale, young);
  return (
    <PairFigure
      pair={pair}
      id={curve.metric}
      term={curve.term}
      unit={curve.unit}
      curve={curve}
      ref={ref}
      width={width}
      height={height}
      axis={axis.current}
      range={range}
      points={points}
      latest={bySide((side) => pair[side].history.recentMean(curve.metric) * curve.factor)}
      missing={missing}
      invitation="Press Run to start this chart."
    />
  );
});

function useUnmeasuredNote(session: Session, curve: Curve): string | null {
  return useStore(session.run, ({ info }) => unmeasuredNote(curve, info?.columns ?? null));
}
