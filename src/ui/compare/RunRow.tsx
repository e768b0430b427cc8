import { Button } from '@mantine/core';
import { memo } from 'react';
import { formatCount } from '../format.ts';
import { CloseIcon } from '../icons.tsx';
import { useKeptRuns } from '../runs/context.ts';
import { mostWeights } from '../runs/runDatabase.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { choose } from './compareStore.ts';
import { ListCells } from './ListCells.tsx';
import type { ListValues } from './listOrder.ts';
import { RunName } from './RunName.tsx';
import classes from './RunTable.module.css';
import { Swatch } from './Swatch.tsx';

/** What a row of runs may ask for. */
export interface RowActions {
  readonly onRemove: (keys: readonly string[]) => Promise<void>;
  readonly onFork: (run: ComparedRun) => void;
}

interface RunRowProps extends RowActions {
  readonly run: ComparedRun;
  readonly values: ListValues;
  /** `present`: the run of the Train view while it does not train. */
  readonly state: 'kept' | 'present' | 'training';
  /** The step of the weights that are kept; null for none. */
  readonly weights: number | null;
  /** Whether it is one of a group, below the group's row. */
  readonly inside: boolean;
}

const noWeights = `No weights are kept of it: only runs trained in this browser have them, and of those the latest ${mostWeights}`;

export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, values, state, weights, inside, onRemove, onFork } = props;
  const { shelf } = useKeptRuns();
  const { key, record, style, shown } = run;
  return (
    <tr
      data-testid="run"
      data-key={key}
      data-steps={record.steps}
      data-shown={shown || undefined}
      data-inside={inside || undefined}
    >
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
      <ListCells values={values} />
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
            onClick={() => void onRemove([key])}
          >
            <CloseIcon />
          </button>
        </div>
      </td>
    </tr>
  );
});

/** A record that passed its checks and still cannot be shown: it does not stand in the way of the others. */
export function DamagedRow({ run: { key }, onRemove }: Pick<RunRowProps, 'run' | 'onRemove'>) {
  return (
    <tr data-testid="run" data-key={key}>
      <td />
      <th scope="row">A run that cannot be shown</th>
      <td colSpan={6} />
      <td>
        <Button size="compact-sm" variant="default" onClick={() => void onRemove([key])}>
          Delete it
        </Button>
      </td>
    </tr>
  );
}
