import { useState } from 'react';
import { recordBounds } from '../../record/bounds.ts';
import classes from './RunTable.module.css';

/** A name that is edited where it stands: Enter or leaving keeps it, Escape does not. */
export function RunName({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    const given = draft?.trim();
    if (given && given !== name) onRename(given);
    setDraft(null);
  }

  return (
    <input
      className={classes.name}
      aria-label="Name of the run"
      autoComplete="off"
      maxLength={recordBounds.text}
      value={draft ?? name}
      title={name}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
