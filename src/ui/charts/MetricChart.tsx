import { memo } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { metricIndex } from '../../model/metricsRow.ts';
import { formatQuantity, formatTick } from '../format.ts';
import { decimate, type Point } from '../history/decimate.ts';
import type { History } from '../history/history.ts';
import { useRun } from '../session/context.ts';
import { type Axis, linearAxis, logAxis, stepTicks, valueRange } from './axes.ts';
import classes from './Chart.module.css';
import { ChartFrame } from './ChartFrame.tsx';
import type { Curve } from './curves.ts';
import { Marks } from './Marks.tsx';
import { PointTip } from './PointTip.tsx';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';

const maxPoints = 200;
/** The number beside a title is the mean of so many steps: one batch alone jumps about. */
const recentSteps = 32;
const margin = { top: 6, right: 10, bottom: 0, left: 0 };
const yWidth = 46;

/** `last`: how many of the latest steps are drawn; null for the whole run. */
export const MetricChart = memo(function MetricChart({ curve, last }: { curve: Curve; last: number | null }) {
  const { history, ref, width } = useHistory();
  const objective = useRun((run) => run.info?.config.objective ?? 'factorVae');
  const { points, axis, first, end } = viewOf(history, curve, last);
  const height = curve.height * useChartStretch();
  const missing = curve.needsDiscriminator && objective === 'betaVae';
  const latest = history.recentMean(metricIndex(curve.metric), recentSteps) * curve.factor;

  return (
    <ChartFrame
      ref={ref}
      id={curve.metric}
      term={curve.term}
      title={curve.title}
      unit={curve.unit}
      latest={formatQuantity(latest, curve.decimals)}
      height={height}
      lead={curve.metric === 'totalCorrelation'}
      axisName="step"
      empty={
        missing
          ? 'beta-VAE trains no discriminator, so this is not measured.'
          : points.length === 0
            ? 'Press Run to begin the curve.'
            : null
      }
    >
      {width > 0 && (
        <ComposedChart
          width={width}
          height={height}
          data={points}
          margin={margin}
          title={curve.title}
          className={classes.chart}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="step"
            type="number"
            domain={[first, end]}
            ticks={stepTicks(first, end, width < 300 ? 3 : 5)}
            tickFormatter={formatTick}
            allowDataOverflow
            height={20}
            tickSize={4}
            stroke="var(--line-strong)"
          />
          <YAxis
            type="number"
            scale={curve.scale}
            domain={[...axis.domain]}
            ticks={[...axis.ticks]}
            interval={0}
            tickFormatter={formatTick}
            allowDataOverflow
            width={yWidth}
            axisLine={false}
            tickLine={false}
          />
          {curve.lines.map(({ at, label }) => (
            <ReferenceLine
              key={at}
              y={at}
              stroke="var(--line-strong)"
              strokeDasharray={label ? '4 3' : ''}
              label={{ value: label, position: 'insideTopRight', className: classes.lineLabel }}
            />
          ))}
          <Area
            dataKey="band"
            stroke="none"
            fill="var(--band)"
            fillOpacity={1}
            isAnimationActive={false}
            activeDot={false}
            dot={false}
          />
          <Line
            dataKey="mean"
            stroke="var(--curve)"
            strokeWidth={1.6}
            isAnimationActive={false}
            activeDot={false}
            dot={false}
          />
          <Marks changes={history.changes} first={first} last={end} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={<PointTip decimals={curve.decimals} />}
          />
        </ComposedChart>
      )}
    </ChartFrame>
  );
});

interface View {
  readonly points: readonly Point[];
  readonly axis: Axis;
  readonly first: number;
  readonly end: number;
}

const emptyAxes = { linear: linearAxis(0, 1), log: logAxis(1, 1000) } as const;

function viewOf(history: History, curve: Curve, last: number | null): View {
  const first = last === null ? 1 : Math.max(1, history.count - last + 1);
  const end = Math.max(first + 1, history.count);
  const points = scaled(decimate(history, metricIndex(curve.metric), first, end, maxPoints), curve.factor);
  const range = valueRange(points);
  if (!range) return { points, axis: emptyAxes[curve.scale], first, end: Math.max(end, 100) };
  const low = Math.min(range[0], ...curve.include);
  const high = Math.max(range[1], ...curve.include);
  const axis =
    curve.scale === 'log' ? logAxis(Math.max(1e-3, low), Math.max(1e-3, high)) : linearAxis(low, high);
  return { points, axis, first, end };
}

function scaled(points: readonly Point[], factor: number): readonly Point[] {
  if (factor === 1) return points;
  return points.map((point) => ({
    ...point,
    mean: point.mean * factor,
    band: [point.band[0] * factor, point.band[1] * factor],
  }));
}
