import { memo, useRef } from 'react';
import { BarChart } from 'recharts';
import type { History } from '../../history/history.ts';
import { unusedBelow } from '../pictures/latentOrder.ts';
import { useRun } from '../session/context.ts';
import { type Axis, linearAxis, settledAxis } from './axes.ts';
import { BarsLayer } from './BarsLayer.tsx';
import classes from './Chart.module.css';
import { ChartFrame } from './ChartFrame.tsx';
import { klColumn } from './curves.ts';
import { LiveBarsContext } from './live.ts';
import { NameAxis, usePlotMargin, ValueAxis, ValueGrid } from './PlotAxes.tsx';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';

const baseHeight = 116;
/** Room above the plot for the numbers over its bars. */
const aboveBars = 16;

/** The KL of every latent, in the latents' own order: one sees at a glance which are alive. */
export const LatentBars = memo(function LatentBars() {
  const { history, young, ref, width } = useHistory();
  const latents = useRun((run) => run.info?.config.latents ?? 0);
  const height = baseHeight * useChartStretch();
  const known = history.count > 0;
  const kl = klPerLatent(history, latents);
  const fitting = linearAxis(0, Math.max(1, ...kl.filter(Number.isFinite)), 3);
  const axis = useRef(fitting);
  axis.current = known ? settledAxis(axis.current, fitting, 'linear', young) : fitting;
  const alive = kl.filter((value) => value >= unusedBelow).length;

  return (
    <ChartFrame
      ref={ref}
      id="klPerLatent"
      term="klPerLatent"
      title="KL by latent"
      unit="nats"
      latest={known ? `${alive} of ${latents} used` : '\u2013'}
      axis={axis.current}
      height={height}
      lead
      axisName="latent"
      empty={known ? null : 'Press Run to see one bar per latent.'}
    >
      {width > 0 && latents > 0 && (
        <LiveBarsContext value={known ? kl : null}>
          <BarsPlot axis={axis.current} latents={latents} width={width} height={height} />
        </LiveBarsContext>
      )}
    </ChartFrame>
  );
});

interface BarsPlotProps {
  readonly axis: Axis;
  readonly latents: number;
  readonly width: number;
  readonly height: number;
}

/** The axes, and the live bars on them. */
const BarsPlot = memo(function BarsPlot({ axis, latents, width, height }: BarsPlotProps) {
  return (
    <BarChart
      width={width}
      height={height}
      data={Array.from({ length: latents }, (_, latent) => ({ name: `z${latent}` }))}
      margin={usePlotMargin(aboveBars)}
      accessibilityLayer={false}
      role="img"
      aria-label="KL by latent, as bars"
      className={classes.chart}
    >
      <ValueGrid />
      <NameAxis dataKey="name" every={latents > 16 ? 2 : 1} />
      <ValueAxis axis={axis} />
      <BarsLayer />
    </BarChart>
  );
});

/** In nats, [latents]; NaN where nothing is known. */
function klPerLatent(history: History, latents: number): number[] {
  return Array.from({ length: latents }, (_, latent) => history.recentMean(klColumn(latent)));
}
