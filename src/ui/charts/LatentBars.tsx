import { memo, useRef } from 'react';
import { BarChart } from 'recharts';
import type { History } from '../../history/history.ts';
import { type LatentQuantity, latentQuantityOf } from '../latentQuantity.ts';
import { useRun } from '../session/context.ts';
import { type Axis, linearAxis, settledAxis } from './axes.ts';
import { BarsLayer } from './BarsLayer.tsx';
import classes from './Chart.module.css';
import { ChartFrame } from './ChartFrame.tsx';
import { LevelLines } from './LevelLines.tsx';
import { LiveBarsContext } from './live.ts';
import { NameAxis, usePlotMargin, ValueAxis, ValueGrid } from './PlotAxes.tsx';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';

const baseHeight = 116;
/** Room above the plot for the numbers over its bars. */
const aboveBars = 16;

/** What is measured of every latent, in the latents' own order: one sees at a glance which carry something. */
export const LatentBars = memo(function LatentBars() {
  const { history, young, ref, width } = useHistory();
  const latents = useRun((run) => run.info?.config.latents ?? 0);
  const quantity = latentQuantityOf(useRun(({ info }) => info?.columns ?? null));
  const height = baseHeight * useChartStretch();
  const known = history.count > 0;
  const values = valuesOf(history, quantity, latents);
  const fitting = linearAxis(0, Math.max(quantity.least, ...values.filter(Number.isFinite)), 3);
  const axis = useRef(fitting);
  axis.current = known ? settledAxis(axis.current, fitting, 'linear', young) : fitting;
  const alive = values.filter((value) => Number.isFinite(value) && !quantity.isUnused(value)).length;

  return (
    <ChartFrame
      ref={ref}
      id={quantity.id}
      term={quantity.term}
      title={quantity.title}
      unit={quantity.unit}
      latest={known ? `${alive} of ${latents} used` : '\u2013'}
      axis={axis.current}
      height={height}
      lead
      axisName="latent"
      empty={known ? null : 'Press Run to see one bar per latent.'}
    >
      {width > 0 && latents > 0 && (
        <LiveBarsContext value={known ? values : null}>
          <BarsPlot axis={axis.current} quantity={quantity} latents={latents} width={width} height={height} />
        </LiveBarsContext>
      )}
    </ChartFrame>
  );
});

interface BarsPlotProps {
  readonly axis: Axis;
  readonly quantity: LatentQuantity;
  readonly latents: number;
  readonly width: number;
  readonly height: number;
}

/** The axes, and the live bars on them. */
const BarsPlot = memo(function BarsPlot({ axis, quantity, latents, width, height }: BarsPlotProps) {
  return (
    <BarChart
      width={width}
      height={height}
      data={Array.from({ length: latents }, (_, latent) => ({ name: `z${latent}` }))}
      margin={usePlotMargin(aboveBars)}
      accessibilityLayer={false}
      role="img"
      aria-label={`${quantity.title}, as bars`}
      className={classes.chart}
    >
      <ValueGrid />
      <NameAxis dataKey="name" every={latents > 16 ? 2 : 1} />
      <ValueAxis axis={axis} />
      <LevelLines lines={quantity.lines} />
      <BarsLayer decimals={quantity.decimals} unit={quantity.unit} />
    </BarChart>
  );
});

/** [latents]; NaN where nothing is known. */
function valuesOf(history: History, quantity: LatentQuantity, latents: number): number[] {
  return Array.from({ length: latents }, (_, latent) => history.recentMean(quantity.column(latent)));
}
