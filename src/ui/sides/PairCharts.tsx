import { useState } from 'react';
import { useStore } from 'zustand';
import { type Curve, curvesOf } from '../charts/curves.ts';
import { Segments } from '../controls/Segments.tsx';
import { Panel, PanelHead } from '../Panel.tsx';
import type { Session } from '../session/session.ts';
import { PairChart } from './PairChart.tsx';
import { PairMetricChart } from './PairMetricChart.tsx';
import { sideNames } from './pair.ts';
import { SideName } from './SideName.tsx';
import classes from './Sides.module.css';
import type { Pair } from './sides.ts';

const useColumns = (session: Session) => useStore(session.run, ({ info }) => info?.columns ?? null);

const windowSteps = 1000;
const isShown = ({ metric }: Curve) => !metric.startsWith('discriminator');

/** The curves of both sides on the same axes, with a legend of what each side is now. */
export function PairCharts({ pair }: { pair: Pair }) {
  const [range, setRange] = useState<'all' | 'recent'>('all');
  const [ofA, ofB] = [useColumns(pair.A), useColumns(pair.B)];
  // One side may be of another family.
  const columns = ofA && ofB && [...ofA, ...ofB];
  const last = range === 'all' ? null : windowSteps;
  return (
    <Panel label="Curves of both">
      <PanelHead title="Curves of both">
        <Segments
          size="small"
          label="Steps shown"
          value={range}
          onChange={setRange}
          options={[
            { value: 'all', label: 'All steps' },
            { value: 'recent', label: 'Last 1\u2009000' },
          ]}
        />
      </PanelHead>
      <ul className={classes.legend} aria-label="Legend">
        {sideNames.map((side) => (
          <li key={side} data-testid={`legend-${side}`}>
            <SideName pair={pair} side={side} />
          </li>
        ))}
      </ul>
      <div className={classes.chartList}>
        {curvesOf(columns)
          .filter(isShown)
          .map((curve) => (
            <PairChart key={curve.metric} pair={pair} curve={curve} last={last} />
          ))}
        <PairMetricChart pair={pair} />
      </div>
    </Panel>
  );
}
