import { memo } from 'react';
import { Bar, BarChart, type BarShapeProps, CartesianGrid, XAxis, YAxis } from 'recharts';
import { klPerLatentIndex } from '../../model/metricsRow.ts';
import { formatQuantity, formatTick } from '../format.ts';
import type { History } from '../history/history.ts';
import { recentSteps } from '../history/recent.ts';
import { latentColour } from '../latentColour.ts';
import { useRun } from '../session/context.ts';
import { linearAxis } from './axes.ts';
import classes from './Chart.module.css';
import { ChartFrame } from './ChartFrame.tsx';
import { useChartStretch } from './useChartStretch.ts';
import { useHistory } from './useHistory.ts';

const baseHeight = 116;
const margin = { top: 16, right: 10, bottom: 0, left: 0 };

interface LatentBar {
  readonly latent: number;
  readonly name: string;
  readonly kl: number;
}

/** The KL of every latent, in the latents' own order: one sees at a glance which are alive. */
export const LatentBars = memo(function LatentBars() {
  const { history, ref, width } = useHistory();
  const latents = useRun((run) => run.info?.config.latents ?? 0);
  const height = baseHeight * useChartStretch();
  const bars = barsOf(history, latents);
  const known = history.count > 0;
  const highest = Math.max(...bars.map((bar) => bar.kl), 1);
  const axis = linearAxis(0, highest, 3);
  const alive = bars.filter((bar) => bar.kl >= 0.05).length;

  return (
    <ChartFrame
      ref={ref}
      id="klPerLatent"
      term="klPerLatent"
      title="KL by latent"
      unit="nats"
      latest={known ? `${alive} of ${latents} used` : '\u2013'}
      height={height}
      lead
      axisName="latent"
      empty={known ? null : 'Press Run: a bar a latent.'}
    >
      {width > 0 && latents > 0 && (
        <BarChart
          width={width}
          height={height}
          data={bars}
          margin={margin}
          aria-label="KL by latent: arrow keys read its bars"
          className={classes.chart}
          barCategoryGap={latents > 12 ? 2 : '22%'}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="name"
            height={20}
            tickSize={4}
            interval={latents > 16 ? 1 : 0}
            stroke="var(--line-strong)"
          />
          <YAxis
            domain={[...axis.domain]}
            ticks={[...axis.ticks]}
            interval={0}
            tickFormatter={formatTick}
            width={46}
            axisLine={false}
            tickLine={false}
          />
          <Bar
            dataKey="kl"
            isAnimationActive={false}
            shape={latents > 12 || !known ? BareBar : NumberedBar}
            maxBarSize={44}
          />
        </BarChart>
      )}
    </ChartFrame>
  );
});

function barsOf(history: History, latents: number): LatentBar[] {
  return Array.from({ length: latents }, (_, latent) => {
    const kl = history.recentMean(klPerLatentIndex + latent, recentSteps);
    return { latent, name: `z${latent}`, kl: Number.isFinite(kl) ? kl : 0 };
  });
}

function BareBar({ x, y, width, height: tall, index }: BarShapeProps) {
  return (
    <rect
      x={x}
      y={y}
      width={width}
      height={Math.max(0, tall)}
      rx={Math.min(3, width / 4)}
      fill={latentColour(index)}
    />
  );
}

function NumberedBar(props: BarShapeProps) {
  const value = Array.isArray(props.value) ? props.value[1] : props.value;
  return (
    <g>
      <BareBar {...props} />
      <text x={props.x + props.width / 2} y={props.y - 4} textAnchor="middle" className={classes.barLabel}>
        {formatQuantity(Number(value ?? 0), 1)}
      </text>
    </g>
  );
}
