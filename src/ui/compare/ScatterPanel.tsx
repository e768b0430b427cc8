import { useElementSize } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { CartesianGrid, ScatterChart } from 'recharts';
import { valueLabel } from '../../locale/settingWords.ts';
import { families } from '../../settings/scopes.ts';
import chart from '../charts/Chart.module.css';
import { FootAxis, usePlotMargin, ValueAxis } from '../charts/PlotAxes.tsx';
import { formatCount, formatQuantity } from '../format.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import classes from './Compare.module.css';
import type { ComparedRun } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';
import { ObjectiveMark, objectiveColours } from './ObjectiveMark.tsx';
import { PngButton } from './PngButton.tsx';
import { RunTraversals } from './RunTraversals.tsx';
import { ScatterLayer } from './ScatterLayer.tsx';
import { type ScatterPoint, scatterAxes, scatterPoints } from './scatter.ts';

const height = 380;
const axisName = 'reconstruction, nats (lower is better)';

interface Reading {
  readonly point: ScatterPoint;
  readonly x: number;
  readonly y: number;
}

/** The paper's picture: what each run pays in reconstruction for its FactorVAE metric. */
export function ScatterPanel({ runs }: { runs: readonly ComparedRun[] }) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const frame = useRef<HTMLElement>(null);
  const margin = usePlotMargin();
  const [reading, setReading] = useState<Reading | null>(null);
  const points = useMemo(() => scatterPoints(runs), [runs]);
  const axes = useMemo(() => scatterAxes(points), [points]);
  const objectives = families.vae.filter((name) => points.some(({ objective }) => objective === name));
  const missing = runs.length - points.length;
  const picked = useCompare((state) => state.picked);
  const pickedRun = runs.find(({ key }) => key === picked);

  return (
    <Panel label="Reconstruction against metric">
      <PanelHead title="Reconstruction against metric">
        <PngButton
          chart={frame}
          name="factorvae-scatter"
          title="FactorVAE metric against reconstruction"
          axisName={axisName}
          legend={objectives.map((objective) => ({
            label: valueLabel('objective', objective),
            kind: objective === 'factorVae' ? 'disc' : 'square',
            colour: objectiveColours[objective],
            dash: '',
          }))}
        />
      </PanelHead>
      <figure ref={frame} aria-label="FactorVAE metric against reconstruction" data-testid="scatter">
        <figcaption className={classes.caption}>
          FactorVAE metric <span className={classes.dim}>0 to 1</span>
          <span className={classes.legend}>
            {objectives.map((objective) => (
              <span key={objective}>
                <svg width="14" height="14" aria-hidden="true">
                  <ObjectiveMark objective={objective} x={7} y={7} />
                </svg>{' '}
                {valueLabel('objective', objective)}
              </span>
            ))}
          </span>
        </figcaption>
        <div ref={ref} className={classes.plot} style={{ height }}>
          {width > 0 && (
            <ScatterChart
              width={Math.floor(width)}
              height={height}
              margin={margin}
              accessibilityLayer={false}
              className={chart.chart}
            >
              <FootAxis dataKey="reconstruction" axis={axes.x} />
              <ValueAxis dataKey="metric" axis={axes.y} />
              <CartesianGrid stroke="var(--line)" />
              <ScatterLayer
                points={points}
                onRead={setReading}
                picked={picked}
                onPick={(key) => useCompare.setState({ picked: key })}
              />
            </ScatterChart>
          )}
          {reading && <PointTip reading={reading} width={width} />}
          {points.length === 0 && (
            <p className={classes.overPlot}>
              Each VAE that was measured is a point. Press “Measure now” in the Train view.
            </p>
          )}
        </div>
        <p className={classes.axisName}>{axisName}</p>
      </figure>
      {points.length > 0 && missing > 0 && (
        <p className={classes.dim}>
          {missing} of the runs shown {missing === 1 ? 'has' : 'have'} no point: not measured yet, or without
          reconstructions, as InfoWGAN-GP is.
        </p>
      )}
      {points.length > 0 && !pickedRun && (
        <p className={classes.dim}>A click on a point shows the run’s traversals.</p>
      )}
      {pickedRun && <RunTraversals key={pickedRun.key} run={pickedRun} />}
    </Panel>
  );
}

function PointTip({ reading, width }: { reading: Reading; width: number }) {
  const { point, x, y } = reading;
  const { run, objective, label, reconstruction, metric, step } = point;
  return (
    <div
      className={classes.pointTip}
      style={{ top: y + 12, ...(x > width / 2 ? { right: width - x + 8 } : { left: x + 8 }) }}
      aria-hidden="true"
    >
      <strong>{run.record.name}</strong>
      <div>
        {valueLabel('objective', objective)} {label}, step {formatCount(step)}
      </div>
      <div>
        reconstruction {formatQuantity(reconstruction)} nats, metric {formatQuantity(metric)}
      </div>
    </div>
  );
}
