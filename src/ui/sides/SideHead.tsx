import { Button } from '@mantine/core';
import { OwnNumbers } from '../controls/LiveSettings.tsx';
import { ObjectiveDial, ObjectiveSwitch } from '../controls/ObjectivePanel.tsx';
import settings from '../controls/Settings.module.css';
import { formatCount } from '../format.ts';
import { Panel } from '../Panel.tsx';
import { ExportButton } from '../run/ExportButton.tsx';
import { useRun } from '../session/context.ts';
import type { Side } from '../session/origin.ts';
import classes from './Sides.module.css';
import { SideTag } from './SideTag.tsx';
import type { Pair } from './sides.ts';
import { useGoOnAlone } from './useGoOnAlone.ts';

/** A side's own settings, where it stands, and what can be done with its run alone. */
export function SideHead({ pair, side }: { pair: Pair; side: Side }) {
  const goOnAlone = useGoOnAlone(pair);
  return (
    <Panel label="Objective">
      <div className={classes.head}>
        <h2 className={classes.headTitle}>
          <SideTag side={side} /> {side === 'A' ? 'your run' : 'second run'}
        </h2>
        <SideStep />
        <div className={classes.headActions}>
          <ExportButton size="compact-sm" />
          <Button size="compact-sm" variant="default" onClick={() => goOnAlone(side)}>
            Continue with {side} only
          </Button>
        </div>
      </div>
      <div className={classes.ownSettings}>
        <ObjectiveDial />
        <div className={settings.rows}>
          <ObjectiveSwitch />
          <OwnNumbers />
        </div>
      </div>
    </Panel>
  );
}

/** Drawn by itself: it changes with every report. */
function SideStep() {
  const step = useRun((run) => run.step);
  const phase = useRun((run) => run.phase);
  return (
    <span className={classes.dim} data-testid="side-step" data-step={step} data-phase={phase}>
      step {formatCount(step)}
    </span>
  );
}
