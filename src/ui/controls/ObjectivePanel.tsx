import { dialOf, withObjective } from '../../config/objective.ts';
import type { Objective } from '../../config/schema.ts';
import { en } from '../../locale/en/index.ts';
import { settingLabel, valueLabel } from '../../locale/settingWords.ts';
import { objectives } from '../../settings/scopes.ts';
import { table } from '../../settings/table.ts';
import { Hint } from '../help/Hint.tsx';
import { Term } from '../help/Term.tsx';
import { Panel } from '../Panel.tsx';
import { useRun, useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import { useSided } from '../session/side.ts';
import { viewAddress } from '../view.ts';
import { scales, ticks } from './gammaScale.ts';
import { HeroControl } from './HeroControl.tsx';
import { LiveSettings } from './LiveSettings.tsx';
import { ScheduleNote } from './ScheduleNote.tsx';
import { Segments } from './Segments.tsx';
import classes from './Settings.module.css';

/** Gamma where the objective has it, else beta: each objective's own dial. */
export function ObjectiveDial({ compact = false }: { compact?: boolean }) {
  const dial = useRun((run) => dialOf(run.info?.config.objective ?? 'factorVae'));
  const control = (
    <HeroControl
      setting={dial}
      symbol={en.settings[dial].symbol}
      range={table[dial]}
      scale={scales[dial]}
      ticks={ticks[dial]}
      compact={compact}
    />
  );
  return dial === 'gamma' ? <Hint step={1}>{control}</Hint> : control;
}

/**
 * What acts at once: the objective's dial and the learning rates. The switch above them starts a new run. Where
 * the dial stands elsewhere, too small for it, the note on the schedule is here.
 */
export function ObjectivePanel({ withDial }: { withDial: boolean }) {
  return (
    <Panel label="Objective">
      <ObjectiveSwitch />
      {withDial ? <ObjectiveDial /> : <ScheduleNote />}
      <LiveSettings />
      <SideBySideLink />
    </Panel>
  );
}

function SideBySideLink() {
  const dial = useRun((run) => dialOf(run.info?.config.objective ?? 'factorVae'));
  return (
    <a className={classes.link} href={viewAddress.sideBySide}>
      Side by side with another {settingLabel(dial)}
    </a>
  );
}

/** Another objective is another run, from the same start. */
export function ObjectiveSwitch() {
  const session = useSession();
  const objective = useRun((run) => run.info?.config.objective ?? 'factorVae');
  const ready = useRun((run) => run.info !== null && run.phase !== 'preparing');

  function choose(chosen: Objective) {
    const request = session.currentRequest();
    if (request && chosen !== objective)
      discardRun(session, `Start a ${valueLabel('objective', chosen)} run`, () =>
        session.configure({ ...request, config: withObjective(request.config, chosen, request.preset) }),
      );
  }

  return (
    <div>
      <p className={classes.caption}>
        <Term name="objective">{settingLabel('objective')}</Term>
      </p>
      <Segments
        fullWidth
        size="small"
        label={useSided(settingLabel('objective'))}
        disabled={!ready}
        value={objective}
        onChange={choose}
        options={objectives.map((value) => ({ value, label: valueLabel('objective', value) }))}
      />
    </div>
  );
}
