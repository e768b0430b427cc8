import { useEffect, useRef } from 'react';
import { ChevronIcon, CloseIcon } from '../icons.tsx';
import type { ComparedGroup } from './comparedGroups.ts';
import { choose, openGroup } from './compareStore.ts';
import { ListCells } from './ListCells.tsx';
import type { ListValues } from './listOrder.ts';
import type { RowActions } from './RunRow.tsx';
import classes from './RunTable.module.css';
import { Swatch } from './Swatch.tsx';

interface GroupRowProps extends Pick<RowActions, 'onRemove'> {
  readonly group: ComparedGroup;
  readonly values: ListValues;
  /** Whether its runs are listed below it. */
  readonly open: boolean;
  /** The keys of its runs that can be deleted. */
  readonly kept: readonly string[];
}

/** Several seeds of the same settings in one row: means and ranges. */
export function GroupRow({ group, values, open, kept, onRemove }: GroupRowProps) {
  const { key, name, style, runs } = group;
  const keys = runs.map((run) => run.key);
  const shown = runs.filter((run) => run.shown).length;
  return (
    <tr data-testid="run-group" data-runs={runs.length}>
      <td>
        <GroupBox
          label={`Show ${name}`}
          checked={shown === runs.length}
          some={shown > 0 && shown < runs.length}
          onChange={() => choose(keys, shown < runs.length)}
        />
      </td>
      <th scope="row">
        <button
          type="button"
          className={classes.groupName}
          aria-expanded={open}
          data-open={open || undefined}
          onClick={() => openGroup(key, !open)}
        >
          <Swatch style={style} />
          <strong>{name}</strong>
          <span className={classes.tag}>{runs.length} seeds</span>
          <ChevronIcon />
        </button>
      </th>
      <ListCells values={values} />
      <td>
        <div className={classes.actions}>
          <button
            type="button"
            className={classes.iconButton}
            aria-label={`Delete the runs of ${name}`}
            title="Delete these runs"
            disabled={kept.length === 0}
            onClick={() => void onRemove(kept)}
          >
            <CloseIcon />
          </button>
        </div>
      </td>
    </tr>
  );
}

interface GroupBoxProps {
  readonly label: string;
  readonly checked: boolean;
  /** Some of what it stands for is ticked. */
  readonly some: boolean;
  readonly onChange: () => void;
}

function GroupBox({ label, checked, some, onChange }: GroupBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = some;
  }, [some]);
  return <input ref={box} type="checkbox" aria-label={label} checked={checked} onChange={onChange} />;
}
