import type { ReactNode, Ref } from 'react';
import type { GlossaryTerm } from '../help/glossary.ts';
import type { Axis, StepRange } from './axes.ts';
import { ChartFrame } from './ChartFrame.tsx';
import type { PlottedCurve } from './curves.ts';
import { LiveSeriesContext } from './live.ts';
import { offAxisCount, offAxisNote } from './offAxis.ts';
import { SeriesPlot } from './SeriesPlot.tsx';
import { StepReader } from './StepReader.tsx';
import type { Series } from './series.ts';

interface SeriesChartProps {
  readonly id: string;
  readonly term: GlossaryTerm;
  readonly unit: string;
  readonly curve: PlottedCurve;
  readonly axis: Axis;
  readonly range: StepRange;
  readonly series: readonly Series[];
  /** Beside the title: what the curves' values are, at the step read or at last. */
  readonly reading: ReactNode;
  /** Stands in the middle of the axes while there is no curve. */
  readonly empty: string | null;
  readonly lead?: boolean;
  readonly ref: Ref<HTMLDivElement>;
  readonly width: number;
  readonly height: number;
}

/** One quantity over the steps in its frame, with the crosshair that all charts share. */
export function SeriesChart(props: SeriesChartProps) {
  const {
    id,
    term,
    unit,
    curve,
    axis,
    range,
    series,
    reading,
    empty,
    lead = false,
    ref,
    width,
    height,
  } = props;
  const offAxis = series.reduce((count, { points }) => count + offAxisCount(points, curve.scale), 0);
  return (
    <ChartFrame
      ref={ref}
      id={id}
      term={term}
      title={curve.title}
      unit={unit}
      note={offAxis > 0 ? offAxisNote(offAxis) : null}
      latest={reading}
      axis={axis}
      height={height}
      lead={lead}
      axisName="step"
      empty={empty}
    >
      {width > 0 && (
        <>
          <LiveSeriesContext value={{ series, range }}>
            <SeriesPlot
              curve={curve}
              axis={axis}
              first={range.first}
              end={range.end}
              width={width}
              height={height}
            />
          </LiveSeriesContext>
          <StepReader curve={curve} series={series} first={range.first} end={range.end} />
        </>
      )}
    </ChartFrame>
  );
}
