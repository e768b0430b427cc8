import { useShelf } from '../runs/context.ts';
import classes from './Compare.module.css';
import { CurvesPanel } from './CurvesPanel.tsx';
import { DifferencesPanel } from './DifferencesPanel.tsx';
import { RunsPanel } from './RunsPanel.tsx';
import { ScatterPanel } from './ScatterPanel.tsx';
import { useComparedRuns } from './useComparedRuns.ts';

/** Runs beside each other: which there are, their curves, their settings, and what each paid for its metric. */
export function CompareView() {
  const runs = useComparedRuns();
  const read = useShelf((state) => state.status === 'ready');
  const shown = runs.filter((run) => run.shown);
  return (
    <div className={classes.view} data-testid="compare">
      <RunsPanel runs={runs} read={read} />
      {runs.length > 0 && (
        <div className={classes.charts}>
          <CurvesPanel runs={shown} />
          <ScatterPanel runs={shown} />
        </div>
      )}
      {runs.length > 0 && <DifferencesPanel runs={shown} />}
    </div>
  );
}
