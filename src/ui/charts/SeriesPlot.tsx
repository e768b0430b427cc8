import { memo } from 'react';
import { ComposedChart } from 'recharts';
import { useTextScale } from '../room.ts';
import { type Axis, stepTicks } from './axes.ts';
import classes from './Chart.module.css';
import type { PlottedCurve } from './curves.ts';
import { LevelLines } from './LevelLines.tsx';
import { FootAxis, usePlotMargin, ValueAxis, ValueGrid } from './PlotAxes.tsx';
import { SeriesLayer } from './SeriesLayer.tsx';

interface SeriesPlotProps {
  readonly curve: PlottedCurve;
  readonly axis: Axis;
  /** The steps at the left and right edge. */
  readonly first: number;
  readonly end: number;
  readonly width: number;
  readonly height: number;
}

/**
 * One quantity over the steps, of any number of runs: the axes and what stands still on them, with the live curves
 * between (LiveSeriesContext). Drawn again only when one of its own parts changes.
 */
export const SeriesPlot = memo(function SeriesPlot(props: SeriesPlotProps) {
  const { curve, axis, first, end, width, height } = props;
  const text = useTextScale();
  return (
    <ComposedChart
      width={width}
      height={height}
      margin={usePlotMargin()}
      accessibilityLayer={false}
      role="group"
      aria-label={curve.title}
      className={classes.chart}
    >
      <FootAxis
        dataKey="step"
        axis={{ domain: [first, end], ticks: stepTicks(first, end, width < 300 * text ? 3 : 5) }}
      />
      <ValueAxis axis={axis} scale={curve.scale} />
      <ValueGrid />
      <LevelLines lines={curve.lines} />
      <SeriesLayer />
    </ComposedChart>
  );
});
