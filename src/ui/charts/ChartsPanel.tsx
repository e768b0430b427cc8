import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Panel, PanelHead } from '../Panel.tsx';
import classes from './Chart.module.css';
import { curves } from './curves.ts';
import { LatentBars } from './LatentBars.tsx';
import { MetricChart } from './MetricChart.tsx';

const windowSteps = 1000;

export function ChartsPanel() {
  const [range, setRange] = useState('all');
  const last = range === 'all' ? null : windowSteps;
  const [totalCorrelation, reconstruction, kl, ...discriminator] = curves;
  return (
    <Panel label="Charts" area="charts">
      <PanelHead title="Curves">
        <SegmentedControl
          size="xs"
          aria-label="Steps shown"
          value={range}
          onChange={setRange}
          data={[
            { value: 'all', label: 'Whole run' },
            { value: 'recent', label: 'Last 1\u2009000 steps' },
          ]}
        />
      </PanelHead>
      <div className={classes.charts}>
        {[totalCorrelation, reconstruction, kl].map((curve) => (
          <MetricChart key={curve.metric} curve={curve} last={last} />
        ))}
        <LatentBars />
        {discriminator.map((curve) => (
          <MetricChart key={curve.metric} curve={curve} last={last} />
        ))}
      </div>
    </Panel>
  );
}
