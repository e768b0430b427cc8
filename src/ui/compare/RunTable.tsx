import { Fragment, useMemo } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { useShelf } from '../runs/context.ts';
import { useRun } from '../session/context.ts';
import { useSidesState } from '../sides/context.ts';
import type { ComparedGroup } from './comparedGroups.ts';
import type { ComparedRun } from './comparedRuns.ts';
import { useCompare } from './compareStore.ts';
import { GroupRow } from './GroupRow.tsx';
import { ListHead } from './ListHead.tsx';
import { inOrder, type ListValues, listValues } from './listOrder.ts';
import { DamagedRow, type RowActions, RunRow } from './RunRow.tsx';
import classes from './RunTable.module.css';

interface RunTableProps extends RowActions {
  readonly groups: readonly ComparedGroup[];
}

/** The list of runs in the order that a person chose; those of a group stand below it once it is opened. */
export function RunTable({ groups, onRemove, onFork }: RunTableProps) {
  const weights = useShelf((state) => state.weights);
  const { A, B } = useSidesState((state) => state);
  const running = useRun((run) => run.phase === 'running');
  const { order, opened } = useCompare();
  const present = [A.origin?.id, B?.origin?.id];
  const isKept = ({ key }: ComparedRun) => !present.includes(key);
  const lines = useMemo(
    () =>
      inOrder(
        groups.map((group) => ({ group, values: listValues(group.name, group.runs) })),
        order,
      ),
    [groups, order],
  );

  const row = (run: ComparedRun, values: ListValues, inside: boolean) => (
    <ErrorBoundary
      key={run.key}
      resetKeys={[run.record]}
      fallback={<DamagedRow run={run} onRemove={onRemove} />}
    >
      <RunRow
        run={run}
        values={values}
        state={isKept(run) ? 'kept' : running ? 'training' : 'present'}
        weights={weights.get(run.key) ?? null}
        inside={inside}
        onRemove={onRemove}
        onFork={onFork}
      />
    </ErrorBoundary>
  );

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} tabIndex={0} aria-label="List of runs">
      <table className={classes.runs} data-testid="run-table">
        <ListHead runs={groups.flatMap(({ runs }) => runs)} />
        <tbody>
          {lines.map(({ group, values }) => {
            const { key, runs } = group;
            if (runs.length === 1) return row(runs[0], values, false);
            return (
              <Fragment key={key}>
                <GroupRow
                  group={group}
                  values={values}
                  open={opened.has(key)}
                  kept={runs.filter(isKept).map((run) => run.key)}
                  onRemove={onRemove}
                />
                {opened.has(key) &&
                  inOrder(runs.map(lineOf), order).map((line) => row(line.run, line.values, true))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function lineOf(run: ComparedRun) {
  return { run, values: listValues(run.record.name, [run]) };
}
