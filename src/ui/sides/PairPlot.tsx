import { memo, useContext } from 'react';
import { CartesianGrid, ComposedChart, Line, Tooltip, type TooltipContentProps } from 'recharts';
import { type Axis, stepTicks } from '../charts/axes.ts';
import chart from '../charts/Chart.module.css';
import { CurveLayer } from '../charts/CurveLayer.tsx';
import type { PlottedCurve } from '../charts/curves.ts';
import { LevelLines } from '../charts/LevelLines.tsx';
import { LiveCurveContext } from '../charts/live.ts';
import { isOffAxis, offAxisText } from '../charts/offAxis.ts';
import { FootAxis, rightMargin, ValueAxis } from '../charts/PlotAxes.tsx';
import { absent, formatCount, formatReading } from '../format.ts';
import { PairCurveContext, type PairRow, sideNames } from './pair.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';

const margin = { top: 6, right: rightMargin, bottom: 0, left: 0 };

interface PairPlotProps {
  readonly curve: PlottedCurve;
  readonly axis: Axis;
  /** The steps at the left and right edge. */
  readonly first: number;
  readonly end: number;
  readonly width: number;
  readonly height: number;
  /** The points of both, while a person reads them by pointer or arrow keys. */
  readonly read: readonly PairRow[];
}

/** As MetricPlot, with the live curves of both sides between the axes. */
export const PairPlot = memo(function PairPlot(props: PairPlotProps) {
  const { curve, axis, first, end, width, height, read } = props;
  return (
    <ComposedChart
      width={width}
      height={height}
      data={read}
      margin={margin}
      aria-label={`${curve.title} of A and B: arrow keys read the points`}
      className={chart.chart}
    >
      <FootAxis
        dataKey="step"
        axis={{ domain: [first, end], ticks: stepTicks(first, end, width < 300 ? 3 : 5) }}
      />
      <ValueAxis axis={axis} scale={curve.scale} />
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <LevelLines lines={curve.lines} />
      <PairLayer />
      {/* Only a reader needs them, and to lay them out takes time. */}
      {read.length > 0 &&
        sideNames.map((side) => (
          <Line
            key={side}
            dataKey={(row: PairRow) => {
              const value = row[side];
              return value === null || isOffAxis(value, curve.scale) ? null : value;
            }}
            stroke="none"
            fill="none"
            dot={false}
            activeDot={{ r: 3, fill: `var(--side-${side.toLowerCase()})`, stroke: 'none' }}
            isAnimationActive={false}
          />
        ))}
      {read.length > 0 && (
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--line-strong)' }}
          // A point that has no place on the axis is read too.
          filterNull={false}
          content={<PairTip decimals={curve.decimals} scale={curve.scale} />}
        />
      )}
    </ComposedChart>
  );
});

/** Each side's curve and marks, in its colour. */
function PairLayer() {
  const live = useContext(PairCurveContext);
  if (!live) return null;
  return sideNames.map((side) => (
    <g key={side} className={classes.curve} data-side={side} data-testid={`curve-${side}`}>
      <LiveCurveContext value={live[side]}>
        <CurveLayer />
      </LiveCurveContext>
    </g>
  ));
}

function isRow(value: unknown): value is PairRow {
  return typeof value === 'object' && value !== null && 'A' in value && 'from' in value;
}

type PairTipProps = Partial<Pick<TooltipContentProps, 'active' | 'payload'>> &
  Pick<PlottedCurve, 'decimals' | 'scale'>;

/** The values of both at the steps that a person points at. */
function PairTip({ active, payload, decimals, scale }: PairTipProps) {
  const row: unknown = payload?.[0]?.payload;
  if (!active || !isRow(row)) return null;
  return (
    <div className={chart.tip}>
      <div>
        step {formatCount(row.from)}
        {row.to > row.from && ` to ${formatCount(row.to)}`}
      </div>
      {sideNames.map((side) => {
        const value = row[side];
        return (
          <div key={side} className={classes.tipValue}>
            <SideTag side={side} />{' '}
            <strong>{value === null ? absent : formatReading(value, decimals)}</strong>
            {value !== null && isOffAxis(value, scale) && ` ${offAxisText}`}
          </div>
        );
      })}
    </div>
  );
}
