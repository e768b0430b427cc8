import { useMergedRef } from '@mantine/hooks';
import { memo, useRef } from 'react';
import type { Point } from '../../history/decimate.ts';
import { formatQuantity } from '../format.ts';
import { useRun } from '../session/context.ts';
import { settledAxis, stepRange } from './axes.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { type Curve, unmeasuredNote } from './curves.ts';
import { LiveCurveContext } from './live.ts';
import { MetricPlot } from './MetricPlot.tsx';
import { offAxisCount, offAxisNote } from './offAxis.ts';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';
import { usePoints } from './usePoints.ts';
import { useReading } from './useReading.ts';
import { valueAxis } from './view.ts';

const none: readonly Point[] = [];

/** `last`: how many of the latest steps are drawn; null for the whole run. */
export const MetricChart = memo(function MetricChart({ curve, last }: { curve: Curve; last: number | null }) {
  const { history, young, ref, width } = useHistory();
  const missing = useRun((run) => unmeasuredNote(curve, run.info?.columns ?? []));
  const failed = useRun((run) => run.phase === 'failed');
  const height = curve.height * useChartStretch();
  const { ref: readingRef, moment } = useReading();
  const range = stepRange(history.count, last);
  const points = usePoints(history, curve, range, width);
  const fitting = valueAxis(curve, points);
  const axis = useRef(fitting);
  axis.current = points.length === 0 ? fitting : settledAxis(axis.current, fitting, curve.scale, young);
  // As the curve was when the person last moved: a point must not slip away below a resting pointer.
  const read = useRef({ moment, points: none });
  if (moment !== read.current.moment) read.current = { moment, points: moment === null ? none : points };
  const latest = history.recentMean(curve.metric) * curve.factor;
  const offAxis = offAxisCount(points, curve.scale);
  const invitation =
    points.length === 0 ? (failed ? 'Nothing to draw.' : 'Press Run to begin the curve.') : null;

  return (
    <ChartFrame
      ref={useMergedRef(ref, readingRef)}
      id={curve.metric}
      term={curve.term}
      title={curve.title}
      unit={offAxis > 0 ? `${curve.unit}; ${offAxisNote(offAxis)}` : curve.unit}
      latest={formatQuantity(latest, curve.decimals)}
      height={height}
      lead={curve.metric === 'totalCorrelation'}
      axisName="step"
      empty={missing ?? invitation}
    >
      {width > 0 && (
        <LiveCurveContext value={{ points, moves: history.moves, range }}>
          <MetricPlot
            curve={curve}
            axis={axis.current}
            first={range.first}
            end={range.end}
            width={width}
            height={height}
            read={read.current.points}
          />
        </LiveCurveContext>
      )}
    </ChartFrame>
  );
});
