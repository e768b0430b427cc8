import { Button } from '@mantine/core';
import { memo } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { dialOf } from '../../config/objective.ts';
import { shortText, valueLabel } from '../../locale/settingWords.ts';
import { lastConfig, lastResults } from '../../record/results.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { CloseIcon } from '../icons.tsx';
import { useKeptRuns, useShelf } from '../runs/context.ts';
import { mostWeights } from '../runs/runDatabase.ts';
import { useRun } from '../session/context.ts';
import { useSidesState } from '../sides/context.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { choose } from './compareStore.ts';
import { RunName } from './RunName.tsx';
import classes from './RunTable.module.css';
import { Swatch } from './Swatch.tsx';

interface RunTableProps {
  readonly runs: readonly ComparedRun[];
  readonly onRemove: (key: string) => Promise<void>;
  readonly onFork: (run: ComparedRun) => void;
}

export function RunTable({ runs, onRemove, onFork }: RunTableProps) {
  const weights = useShelf((state) => state.weights);
  const { A, B } = useSidesState((state) => state);
  const running = useRun((run) => run.phase === 'running');
  const present = [A.origin?.id, B?.origin?.id];
  const all = runs.every(({ shown }) => shown);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="List of runs">
      <table className={classes.runs} data-testid="run-table">
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label="Show all runs"
                checked={all}
                onChange={() =>
                  choose(
                    runs.map(({ key }) => key),
                    !all,
                  )
                }
              />
            </th>
            <th scope="col">Run</th>
            <th scope="col" className={classes.number}>
              Steps
            </th>
            <th scope="col" className={classes.objective}>
              Objective
            </th>
            <th scope="col" className={classes.number}>
              γ or β
            </th>
            <th scope="col" className={classes.number}>
              Reconstruction
            </th>
            <th scope="col" className={classes.number}>
              FactorVAE metric
            </th>
            <th scope="col" className={classes.date}>
              Begun
            </th>
            <th>
              <span className={classes.hidden}>Fork or delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <ErrorBoundary
              key={run.key}
              resetKeys={[run.record]}
              fallback={<DamagedRow run={run} onRemove={onRemove} />}
            >
              <RunRow
                run={run}
                state={!present.includes(run.key) ? 'kept' : running ? 'training' : 'present'}
                weights={weights.get(run.key) ?? null}
                onRemove={onRemove}
                onFork={onFork}
              />
            </ErrorBoundary>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RunRowProps {
  readonly run: ComparedRun;
  /** `present`: the run of the Train view while it does not train. */
  readonly state: 'kept' | 'present' | 'training';
  /** The step of the weights that are kept; null for none. */
  readonly weights: number | null;
  readonly onRemove: (key: string) => Promise<void>;
  readonly onFork: (run: ComparedRun) => void;
}

const noWeights = `No weights are kept of it: only runs trained in this browser have them, and of those the latest ${mostWeights}`;

const RunRow = memo(function RunRow({ run, state, weights, onRemove, onFork }: RunRowProps) {
  const { shelf } = useKeptRuns();
  const { key, record, style, shown } = run;
  const config = lastConfig(record);
  const { objective } = config;
  const dial = dialOf(objective);
  const { reconstruction, factorVaeMetric } = lastResults(record);
  return (
    <tr data-testid="run" data-key={key} data-steps={record.steps} data-shown={shown || undefined}>
      <td>
        <input
          type="checkbox"
          aria-label={`Show ${record.name}`}
          checked={shown}
          onChange={() => choose([key], !shown)}
        />
      </td>
      <th scope="row">
        <span className={classes.nameCell}>
          <Swatch style={style} />
          <RunName name={record.name} onRename={(name) => void shelf.rename(key, name)} />
          {state !== 'kept' && (
            <span className={classes.tag}>{state === 'training' ? 'training' : 'present'}</span>
          )}
          {record.outcome === 'diverged' && <span className={classes.tag}>diverged</span>}
        </span>
        {record.parent && (
          <span className={classes.parent}>
            from “{record.parent.name}”, step {formatCount(record.parent.step)}
          </span>
        )}
      </th>
      <td className={classes.number}>{formatCount(record.steps)}</td>
      <td className={classes.objective}>{valueLabel('objective', objective)}</td>
      <td className={classes.number}>{shortText(dial, config[dial])}</td>
      <td className={classes.number}>{formatQuantity(reconstruction ?? Number.NaN)}</td>
      <td className={classes.number}>{formatQuantity(factorVaeMetric ?? Number.NaN)}</td>
      <td className={classes.date}>
        <time dateTime={record.startedAt}>{dateText(record.startedAt)}</time>
      </td>
      <td>
        <div className={classes.actions}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Fork ${record.name}`}
            title={state === 'kept' && weights === null ? noWeights : 'Start another run from its weights'}
            disabled={state === 'kept' && weights === null}
            onClick={() => onFork(run)}
          >
            Fork
          </Button>
          <button
            type="button"
            className={classes.iconButton}
            aria-label={`Delete ${record.name}`}
            title={
              state === 'kept' ? 'Delete' : 'The run of the Train view: it stays until another one begins'
            }
            disabled={state !== 'kept'}
            onClick={() => void onRemove(key)}
          >
            <CloseIcon />
          </button>
        </div>
      </td>
    </tr>
  );
});

/** A record that passed its checks and still cannot be shown: it does not stand in the way of the others. */
function DamagedRow({ run: { key }, onRemove }: Pick<RunRowProps, 'run' | 'onRemove'>) {
  return (
    <tr data-testid="run" data-key={key}>
      <td />
      <th scope="row">A run that cannot be shown</th>
      <td colSpan={6} />
      <td>
        <Button size="compact-sm" variant="default" onClick={() => void onRemove(key)}>
          Delete it
        </Button>
      </td>
    </tr>
  );
}

const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const dateText = (iso: string) => dates.format(new Date(iso));
