import { Fragment, useState } from 'react';
import { modelNotes } from '../../locale/en/models.ts';
import { Segments } from '../controls/Segments.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import { useRun } from '../session/context.ts';
import { useTurns } from '../useTurns.ts';
import classes from './Chart.module.css';
import { curvesOf } from './curves.ts';
import { LatentBars } from './LatentBars.tsx';
import { MetricChart } from './MetricChart.tsx';

const windowSteps = 1000;

export function ChartsPanel() {
  const [range, setRange] = useState<'all' | 'recent'>('all');
  const last = range === 'all' ? null : windowSteps;
  const columns = useRun((run) => run.info?.columns ?? null);
  const curves = curvesOf(columns);
  const barsBelow = curves.some(({ metric }) => metric === 'kl') ? 'kl' : 'generatorInformation';
  const lacksVaes = columns !== null && !columns.some(({ name }) => name === 'kl');
  // A chart is a task of its own: to lay out all of them at once would hold the page up.
  const turns = useTurns(curves.length);
  return (
    <Panel label="Charts" area="charts">
      <PanelHead title="Curves">
        <Segments
          size="small"
          label="Steps shown"
          value={range}
          onChange={setRange}
          options={[
            { value: 'all', label: 'All steps' },
            { value: 'recent', label: 'Last 1\u2009000 steps' },
          ]}
        />
      </PanelHead>
      <div className={classes.charts}>
        {curves.slice(0, turns).map((curve) => (
          <Fragment key={curve.metric}>
            <MetricChart curve={curve} last={last} />
            {curve.metric === barsBelow && <LatentBars />}
          </Fragment>
        ))}
        {lacksVaes && turns >= curves.length && <p className={classes.lack}>{modelNotes.noCurves}</p>}
      </div>
    </Panel>
  );
}
