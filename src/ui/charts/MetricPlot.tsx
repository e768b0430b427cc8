import { memo } from 'react';
import { CartesianGrid, ComposedChart, Line, Tooltip } from 'recharts';
import type { Point } from '../../history/decimate.ts';
import { type Axis, stepTicks } from './axes.ts';
import classes from './Chart.module.css';
import { CurveLayer } from './CurveLayer.tsx';
import type { PlottedCurve } from './curves.ts';
import { LevelLines } from './LevelLines.tsx';
import { isOffAxis } from './offAxis.ts';
import { FootAxis, rightMargin, ValueAxis } from './PlotAxes.tsx';
import { PointTip } from './PointTip.tsx';

const margin = { top: 6, right: rightMargin, bottom: 0, left: 0 };

interface MetricPlotProps {
  readonly curve: PlottedCurve;
  readonly axis: Axis;
  /** The steps at the left and right edge. */
  readonly first: number;
  readonly end: number;
  readonly width: number;
  readonly height: number;
  /** The points, while a person reads them by pointer or arrow keys. */
  readonly read: readonly Point[];
}

/** The axes and what stands still on them, with the live curve between; drawn again only when one of its own parts changes. */
export const MetricPlot = memo(function MetricPlot(props: MetricPlotProps) {
  const { curve, axis, first, end, width, height, read } = props;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={read}
      margin={margin}
      aria-label={`${curve.title}: arrow keys read its points`}
      className={classes.chart}
    >
      <FootAxis
        dataKey="step"
        axis={{ domain: [first, end], ticks: stepTicks(first, end, width < 300 ? 3 : 5) }}
      />
      <ValueAxis axis={axis} scale={curve.scale} />
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <LevelLines lines={curve.lines} />
      <CurveLayer />
      {/* Only a reader needs them, and to lay them out takes time. */}
      {read.length > 0 && (
        <>
          <Line
            dataKey={({ mean }: Point) => (isOffAxis(mean, curve.scale) ? null : mean)}
            stroke="none"
            // Recharts gives a single point a dot all the same, over the curve's own.
            fill="none"
            dot={false}
            activeDot={{ r: 3, fill: 'var(--curve)', stroke: 'none' }}
            isAnimationActive={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            // A point that has no place on the axis is read too.
            filterNull={false}
            content={<PointTip decimals={curve.decimals} scale={curve.scale} />}
          />
        </>
      )}
    </ComposedChart>
  );
});
