import { useRef } from 'react';
import { SharedNumbers } from '../controls/LiveSettings.tsx';
import { MeasureControls } from '../measures/MeasureControls.tsx';
import { MeasureStatus } from '../measures/MeasureStatus.tsx';
import { whyUnmeasurable } from '../measures/view.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { SessionContext, useRun } from '../session/context.ts';
import { sideNames } from './pair.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';
import type { Pair } from './sides.ts';

/** What both sides have in common, and what is done with both. */
export function SharedPanel({ pair }: { pair: Pair }) {
  const config = useRun((run) => run.info?.config ?? null);
  const statuses = useRef<HTMLDivElement>(null);
  const unmeasurable = useRun((run) => whyUnmeasurable(run.info));
  // Side A may have no discriminator whose rate could be shown.
  const withDiscriminator = config?.objective === 'factorVae' ? pair.A : pair.B;
  return (
    <Panel label="Side by side">
      <PanelHead title="Side by side">
        <MeasureControls measurable={unmeasurable === null} name="Measure both" results={statuses} />
      </PanelHead>
      <div className={classes.shared}>
        <p>
          Same batches and noise at every step, from the same weights{config && ` (seed ${config.seed})`}.
          Both train in lockstep.
        </p>
        <div className={classes.rates}>
          <SessionContext value={withDiscriminator}>
            <SharedNumbers />
          </SessionContext>
        </div>
        <div ref={statuses} className={classes.statuses}>
          {sideNames.map((side) => (
            <SessionContext key={side} value={pair[side]}>
              <div className={classes.status}>
                <SideTag side={side} />
                <MeasureStatus unmeasurable={unmeasurable} />
              </div>
            </SessionContext>
          ))}
        </div>
      </div>
    </Panel>
  );
}
