import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef } from 'react';
import type { PlottedCurve } from '../charts/curves.ts';
import { LiveSeriesContext } from '../charts/live.ts';
import { offAxisNote } from '../charts/offAxis.ts';
import { SeriesPlot } from '../charts/SeriesPlot.tsx';
import { StepReader } from '../charts/StepReader.tsx';
import { usePlotStyle } from '../charts/valueAxisWidth.ts';
import { Segments } from '../controls/Segments.tsx';
import { Slider } from '../controls/Slider.tsx';
import { formatCount, formatQuantity } from '../format.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { useNarrow } from '../room.ts';
import classes from './Compare.module.css';
import type { ComparedGroup } from './comparedGroups.ts';
import { useCompare } from './compareStore.ts';
import { metricsOf, metricViews } from './metrics.ts';
import { groupSeries, lastStep, offAxisValues, overlayAxis, smoothingSteps } from './overlay.ts';
import { PngButton } from './PngButton.tsx';
import { SeriesLegend } from './SeriesLegend.tsx';

const height = 360;
const mostSmoothing = 0.99;

/** One metric of all runs shown, over the steps. */
export function CurvesPanel({ groups }: { groups: readonly ComparedGroup[] }) {
  const { metric: wanted, smoothing, log } = useCompare();
  const metrics = useMemo(
    () => metricsOf(groups.flatMap(({ runs }) => runs.map(({ record }) => record))),
    [groups],
  );
  const metric = metrics.includes(wanted) ? wanted : metrics[0];
  const { ref, width } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLElement>(null);
  const narrow = useNarrow(32.5);
  const view = metricViews[metric];
  const logarithmic = log && view.positive;
  const end = lastStep(groups.flatMap(({ runs }) => runs));
  const length = smoothingSteps(smoothing, end);
  const series = useMemo(
    () => groups.flatMap((group) => groupSeries(group, metric, length)),
    [groups, metric, length],
  );
  const axis = useMemo(() => overlayAxis(series, metric, logarithmic), [series, metric, logarithmic]);
  const curve = useMemo(
    (): PlottedCurve => ({
      title: view.title,
      scale: logarithmic ? 'log' : 'linear',
      decimals: view.decimals,
      lines: [],
    }),
    [view, logarithmic],
  );
  const range = { first: 0, end };
  const offAxis = new Map(
    series.flatMap((one) => {
      const count = offAxisValues(one, logarithmic);
      return count === 0 ? [] : [[one.key, count] as const];
    }),
  );
  const title = `${view.title}, ${view.unit}`;

  return (
    <Panel label="Curves of the runs">
      <PanelHead title="Curves">
        <PngButton
          chart={frame}
          name={`factorvae-${metric}`}
          title={title}
          axisName="step"
          legend={series.map(({ key, name, style }) => {
            const count = offAxis.get(key);
            return { label: count ? `${name}: ${offAxisNote(count)}` : name, kind: 'line', ...style };
          })}
        />
      </PanelHead>
      <div className={classes.controls}>
        <Segments
          size="small"
          label="Metric"
          value={metric}
          onChange={(chosen) => useCompare.setState({ metric: chosen })}
          options={metrics.map((value) => ({
            value,
            label: metricViews[value][narrow ? 'short' : 'title'],
          }))}
        />
        <div className={classes.smoothing} data-off={view.sparse || undefined}>
          <span>Smoothing</span>
          <Slider
            label="Smoothing"
            value={smoothing}
            min={0}
            max={mostSmoothing}
            step={0.01}
            valueText={smoothingText(smoothing, length)}
            disabled={view.sparse}
            onChange={(value) => useCompare.setState({ smoothing: value })}
          />
          <output title="An older value counts for 37 % of a new one after so many steps">
            {smoothingText(smoothing, length)}
          </output>
        </div>
        <label className={classes.check}>
          <input
            type="checkbox"
            checked={logarithmic}
            disabled={!view.positive}
            onChange={() => useCompare.setState({ log: !log })}
          />
          Log scale
        </label>
      </div>
      <figure ref={frame} aria-label={title} data-testid="overlay">
        <figcaption className={classes.caption}>
          {view.title} <span className={classes.dim}>{view.unit}</span>
        </figcaption>
        <div ref={ref} className={classes.plot} style={usePlotStyle(axis, height)}>
          {width > 0 && (
            <LiveSeriesContext value={{ series, range }}>
              <SeriesPlot curve={curve} axis={axis} {...range} width={Math.floor(width)} height={height} />
            </LiveSeriesContext>
          )}
          <StepReader curve={curve} series={series} {...range} />
          {series.length === 0 && <p className={classes.overPlot}>{emptyText(groups.length, view.sparse)}</p>}
        </div>
        <p className={classes.axisName}>step</p>
        <SeriesLegend series={series} decimals={view.decimals} offAxis={offAxis} />
      </figure>
    </Panel>
  );
}

function smoothingText(smoothing: number, steps: number): string {
  if (steps === 0) return 'off';
  return `${smoothing.toFixed(2)}: ${steps < 10 ? formatQuantity(steps, 1) : formatCount(steps)} steps`;
}

function emptyText(runs: number, sparse: boolean): string {
  if (runs === 0) return 'Tick a run to see its curve.';
  return sparse
    ? 'None of these runs was measured. In the Train view, “Measure now” takes the metric.'
    : 'None of these runs has this curve: beta-VAE trains no discriminator.';
}
