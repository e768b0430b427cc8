import { VisuallyHidden } from '@mantine/core';
import type { ComparedRun } from './comparedRuns.ts';
import { choose, orderBy, useCompare } from './compareStore.ts';
import type { ListColumn } from './listOrder.ts';
import classes from './RunTable.module.css';

interface Heading {
  readonly column: ListColumn;
  readonly title: string;
  readonly className: string | undefined;
}

const headings: readonly Heading[] = [
  { column: 'name', title: 'Name', className: undefined },
  { column: 'steps', title: 'Steps', className: classes.number },
  { column: 'objective', title: 'Objective', className: classes.objective },
  { column: 'dial', title: 'Weight', className: classes.number },
  { column: 'reconstruction', title: 'Reconstruction', className: classes.number },
  { column: 'metric', title: 'FactorVAE metric', className: classes.number },
  { column: 'begun', title: 'Started', className: classes.date },
];

/** The heads of the columns: a press orders the list by one, another turns it round. */
export function ListHead({ runs }: { runs: readonly ComparedRun[] }) {
  const order = useCompare((state) => state.order);
  const all = runs.every(({ shown }) => shown);
  return (
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
        {headings.map(({ column, title, className }) => {
          const active = order.column === column;
          const direction = order.descending ? 'descending' : 'ascending';
          return (
            <th key={column} scope="col" className={className} aria-sort={active ? direction : 'none'}>
              <button type="button" className={classes.order} onClick={() => orderBy(column)}>
                {title}
                <span aria-hidden="true">{active ? (order.descending ? ' ↓' : ' ↑') : ''}</span>
              </button>
            </th>
          );
        })}
        <th>
          <VisuallyHidden>Fork or delete</VisuallyHidden>
        </th>
      </tr>
    </thead>
  );
}
