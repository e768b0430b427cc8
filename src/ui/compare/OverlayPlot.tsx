import { CartesianGrid, ComposedChart } from 'recharts';
import { type Axis, stepTicks } from '../charts/axes.ts';
import chart from '../charts/Chart.module.css';
import { FootAxis, ValueAxis } from '../charts/PlotAxes.tsx';
import { plotMargin } from './geometry.ts';
import { OverlayLayer } from './OverlayLayer.tsx';
import type { OverlaidLine } from './overlay.ts';

interface OverlayPlotProps {
  readonly lines: readonly OverlaidLine[];
  readonly axis: Axis;
  readonly log: boolean;
  readonly end: number;
  readonly withRaw: boolean;
  readonly dots: boolean;
  readonly cursor: number | null;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

export function OverlayPlot(props: OverlayPlotProps) {
  const { lines, axis, log, end, withRaw, dots, cursor, width, height, label } = props;
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={plotMargin}
      accessibilityLayer={false}
      role="img"
      aria-label={label}
      className={chart.chart}
    >
      <FootAxis dataKey="step" axis={{ domain: [0, end], ticks: stepTicks(0, end, width < 400 ? 3 : 6) }} />
      <ValueAxis axis={axis} scale={log ? 'log' : 'linear'} />
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <OverlayLayer lines={lines} withRaw={withRaw} dots={dots} cursor={cursor} />
    </ComposedChart>
  );
}
