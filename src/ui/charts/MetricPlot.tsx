import { memo, useMemo, useRef } from 'react';
import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import type { LiveChange } from '../../protocol/messages.ts';
import { formatTick } from '../format.ts';
import { type Axis, stepTicks } from './axes.ts';
import classes from './Chart.module.css';
import type { Curve } from './curves.ts';
import { Marks } from './Marks.tsx';
import { PointTip } from './PointTip.tsx';
import type { View } from './view.ts';

const margin = { top: 6, right: 10, bottom: 0, left: 0 };
const still = { isAnimationActive: false, activeDot: false, dot: false } as const;

interface MetricPlotProps {
  readonly curve: Curve;
  readonly view: View;
  readonly changes: readonly LiveChange[];
  readonly width: number;
  readonly height: number;
}

/** Band, mean and marks over their axes. What does not change keeps its identity, so that it is not drawn again. */
export function MetricPlot({ curve, view, changes, width, height }: MetricPlotProps) {
  const { points, first, end } = view;
  const axis = useSettled(view.axis);
  const fixed = useMemo(() => <FixedParts curve={curve} />, [curve]);
  return (
    <ComposedChart
      width={width}
      height={height}
      data={points}
      margin={margin}
      aria-label={`${curve.title}: arrow keys read its points`}
      className={classes.chart}
    >
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
      <ValueAxis axis={axis} scale={curve.scale} />
      {fixed}
      <Marks changes={changes} first={first} last={end} />
    </ComposedChart>
  );
}

const ValueAxis = memo(function ValueAxis({ axis, scale }: { axis: Axis; scale: Curve['scale'] }) {
  return (
    <YAxis
      type="number"
      scale={scale}
      domain={[...axis.domain]}
      ticks={[...axis.ticks]}
      interval={0}
      tickFormatter={formatTick}
      allowDataOverflow
      width={46}
      axisLine={false}
      tickLine={false}
    />
  );
});

const FixedParts = memo(function FixedParts({ curve }: { curve: Curve }) {
  return (
    <>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      {curve.lines.map(({ at, label }) => (
        <ReferenceLine
          key={at}
          y={at}
          stroke="var(--line-strong)"
          strokeDasharray={label ? '4 3' : ''}
          label={{ value: label, position: 'insideTopRight', className: classes.lineLabel }}
        />
      ))}
      <Area dataKey="band" stroke="none" fill="var(--band)" fillOpacity={1} {...still} />
      <Line dataKey="mean" stroke="var(--curve)" strokeWidth={1.6} {...still} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: 'var(--line-strong)' }}
        content={<PointTip decimals={curve.decimals} />}
      />
    </>
  );
});

/** The axis shown last, as long as the present one says the same. */
function useSettled(axis: Axis): Axis {
  const shown = useRef(axis);
  if (JSON.stringify(shown.current) !== JSON.stringify(axis)) shown.current = axis;
  return shown.current;
}
