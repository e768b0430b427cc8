import { Button } from '@mantine/core';
import { useState } from 'react';
import { reportOf } from '../../errors.ts';
import { word } from '../../locale/word.ts';
import { Panel, PanelHead } from '../Panel.tsx';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { fewestSteps } from '../runs/keeper.ts';
import type { ImportResult, ShelvedRun } from '../runs/shelf.ts';
import classes from './Compare.module.css';
import type { ComparedGroup } from './comparedGroups.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { choose, useCompare } from './compareStore.ts';
import { comparisonRuns, loadComparison } from './comparison.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { ForkDialog } from './ForkDialog.tsx';
import { ImportButtons } from './ImportButtons.tsx';
import { importSummary } from './importSummary.ts';
import type { RowActions } from './RunRow.tsx';
import { RunTable } from './RunTable.tsx';
import { droppedFiles, type RunFiles } from './runFiles.ts';
import { SideBySideButton } from './SideBySideButton.tsx';

interface RunsPanelProps {
  readonly runs: readonly ComparedRun[];
  /** The same runs as they are listed. */
  readonly groups: readonly ComparedGroup[];
  /** Whether storage has been read. */
  readonly read: boolean;
}

/** What happened last, in a sentence; a deletion can be undone. */
interface Notice {
  readonly text: string;
  readonly undo: readonly ShelvedRun[];
}

/** The list of runs, and how they come and go. Files may be dropped anywhere on it. */
export function RunsPanel({ runs, groups, read }: RunsPanelProps) {
  const { shelf } = useKeptRuns();
  const [notice, setNotice] = useState<Notice | null>(null);
  const [over, setOver] = useState(false);
  const grouped = useCompare((state) => state.grouped);
  const [forked, setForked] = useState<ComparedRun | null>(null);

  async function take({ texts, problems }: RunFiles) {
    const result: ImportResult = await shelf.importFiles(texts);
    choose(result.keys, true);
    const all = [...problems, ...result.problems];
    setNotice({ text: importSummary({ ...result, problems: all }), undo: [] });
  }

  async function loadEvidence() {
    const say = (text: string) => setNotice({ text, undo: [] });
    try {
      await take(
        await loadComparison((count) => say(`Loading the comparison: ${count} of ${comparisonRuns} runs…`)),
      );
    } catch (thrown) {
      say(`The comparison could not be loaded: ${word(reportOf(thrown))}`);
    }
  }

  async function remove(keys: readonly string[]) {
    const removed = await shelf.remove(keys);
    const what = removed.length === 1 ? `“${removed[0].record.name}”` : `${removed.length} runs`;
    setNotice({ text: removed.length === 0 ? 'Deleted a record.' : `Deleted ${what}.`, undo: removed });
  }

  return (
    <section
      aria-label="Drop files of runs here"
      className={classes.dropZone}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget))
          setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void droppedFiles(event.dataTransfer).then(take, (thrown: unknown) =>
          setNotice({ text: `What was dropped could not be read: ${word(reportOf(thrown))}`, undo: [] }),
        );
      }}
    >
      <Panel label="Runs">
        <PanelHead title="Runs">
          {groups.length < runs.length || !grouped ? <GroupSwitch /> : null}
          <SideBySideButton runs={runs.filter((run) => run.shown)} />
          <Button
            size="compact-sm"
            variant="default"
            title={`FactorVAE, beta-VAE and InfoWGAN-GP, ${comparisonRuns} runs that were trained with this playground`}
            onClick={() => void loadEvidence()}
          >
            Load the comparison
          </Button>
          <ImportButtons onFiles={(files) => void take(files)} />
          <ExportMenu runs={runs.filter((run) => run.shown)} />
        </PanelHead>
        <p className={classes.notice} role="status" data-testid="runs-notice">
          {notice?.text}
          {notice && notice.undo.length > 0 && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                setNotice({
                  text: notice.undo.length === 1 ? 'The run is back.' : 'The runs are back.',
                  undo: [],
                });
                void shelf.restore(notice.undo);
              }}
            >
              Undo
            </Button>
          )}
        </p>
        <Unreadable onRemove={remove} />
        {runs.length > 0 ? (
          <RunTable groups={groups} onRemove={remove} onFork={setForked} />
        ) : (
          <NoRuns read={read} />
        )}
      </Panel>
      <ForkDialog run={forked} onClose={() => setForked(null)} />
    </section>
  );
}

function GroupSwitch() {
  const grouped = useCompare((state) => state.grouped);
  return (
    <label className={classes.check} title="Runs that differ in nothing but their seed, as one">
      <input type="checkbox" checked={grouped} onChange={() => useCompare.setState({ grouped: !grouped })} />
      Group seeds
    </label>
  );
}

/** Records of other releases, or damaged: named, and left where they are unless a person deletes them. */
function Unreadable({ onRemove }: Pick<RowActions, 'onRemove'>) {
  const unreadable = useShelf((state) => state.unreadable);
  return unreadable.map(({ key, reason }) => (
    <p key={key} className={classes.problem}>
      {word(reason)} It is left out.{' '}
      <Button size="compact-xs" variant="default" onClick={() => void onRemove([key])}>
        Delete it
      </Button>
    </p>
  ));
}

function NoRuns({ read }: { read: boolean }) {
  if (!read) return <p className={classes.empty}>Reading the runs kept in this browser…</p>;
  return (
    <div className={classes.empty} data-testid="no-runs">
      <strong>No runs to compare yet</strong>
      <ol>
        <li>
          <a href="#train">Train</a> one: every run is kept in this browser from step {fewestSteps} on, with
          its settings, curves and last measurement.
        </li>
        <li>Change gamma, or the objective, start another run, and come back: both are listed here.</li>
        <li>
          Or press “Load the comparison”: FactorVAE, beta-VAE and InfoWGAN-GP, five settings on ten seeds
          each, trained with this playground.
        </li>
        <li>
          Or drop files here: runs exported from this page, or the folder that <code>npm run train</code>{' '}
          wrote.
        </li>
      </ol>
    </div>
  );
}
