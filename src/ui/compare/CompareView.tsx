import { useMemo } from 'react';
import { Guarded } from '../Guarded.tsx';
import { useShelf } from '../runs/context.ts';
import classes from './Compare.module.css';
import { CurvesPanel } from './CurvesPanel.tsx';
import { comparedGroups, groupOfOne, shownPart } from './comparedGroups.ts';
import { useCompare } from './compareStore.ts';
import { DifferencesPanel } from './DifferencesPanel.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { useComparedRuns } from './useComparedRuns.ts';

/** Runs beside each other: which there are, their curves, their settings, and what each paid for its metric. */
export function CompareView() {
  const runs = useComparedRuns();
  const read = useShelf((state) => state.status === 'ready');
  const grouped = useCompare((state) => state.grouped);
  const groups = useMemo(() => (grouped ? comparedGroups(runs) : runs.map(groupOfOne)), [runs, grouped]);
  const shown = runs.filter((run) => run.shown);
  const shownGroups = useMemo(() => groups.flatMap(shownPart), [groups]);
  // A run that cannot be drawn is out of the way once it is no longer shown.
  const which = shown.map(({ key }) => key).join();
  return (
    <div className={classes.view} data-testid="compare">
      <Guarded name="Runs" resetKeys={[runs.length]}>
        <RunsPanel runs={runs} groups={groups} read={read} />
      </Guarded>
      {runs.length > 0 && (
        <div className={classes.charts}>
          <Guarded name="Curves of the runs" resetKeys={[which]}>
            <CurvesPanel groups={shownGroups} />
          </Guarded>
          <Guarded name="Reconstruction against metric" resetKeys={[which]}>
            <ScatterPanel runs={shown} />
          </Guarded>
        </div>
      )}
      {runs.length > 0 && (
        <Guarded name="Differing settings" resetKeys={[which]}>
          <DifferencesPanel groups={shownGroups} />
        </Guarded>
      )}
    </div>
  );
}
