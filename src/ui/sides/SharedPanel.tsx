import { useRef } from 'react';
import { useStore } from 'zustand';
import { modelNotes } from '../../locale/en/models.ts';
import { fill } from '../../locale/fill.ts';
import { familyObjectives } from '../../settings/scopes.ts';
import { SharedNumbers } from '../controls/LiveSettings.tsx';
import { absent } from '../format.ts';
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
  const other = useStore(pair.B.run, ({ info }) => info?.config ?? null);
  const alike = !config || !other || familyObjectives(config.objective).includes(other.objective);
  const statuses = useRef<HTMLDivElement>(null);
  const unmeasurable = useRun((run) => whyUnmeasurable(run.info));
  return (
    <Panel label="Side by side">
      <PanelHead title="Side by side">
        <MeasureControls measurable={unmeasurable === null} name="Measure both" results={statuses} />
      </PanelHead>
      <div className={classes.shared}>
        <p>{fill(alike ? modelNotes.sameStart : modelNotes.sameSeed, { seed: config?.seed ?? absent })}</p>
        <div className={classes.rates}>
          <SessionContext value={pair.A}>
            <SharedNumbers />
          </SessionContext>
          {/* What A has no use for, such as the rate of a discriminator. */}
          {config && (
            <SessionContext value={pair.B}>
              <SharedNumbers unless={config} />
            </SessionContext>
          )}
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
