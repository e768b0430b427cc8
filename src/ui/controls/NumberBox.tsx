import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import type { Range } from '../../config/schema.ts';
import { formatSetting } from '../format.ts';
import classes from './NumberBox.module.css';
import { readBox } from './readBox.ts';

interface NumberBoxProps {
  /** The name for screen readers. */
  readonly label: string;
  /** Null while there is none; the box is then disabled. */
  readonly value: number | null;
  readonly range: Range;
  readonly large?: boolean;
  /** The value that an arrow key goes to. */
  readonly next: (value: number, direction: 1 | -1) => number;
  readonly onCommit: (value: number) => void;
}

const noteMilliseconds = 4000;

/** A text that was not taken: it stays to be mended for as long as the setting stays as it was. */
interface Rejected {
  readonly text: string;
  readonly note: string;
  readonly value: number | null;
}

/** A number that acts when it is entered: on Enter, on leaving the box, and on the arrow keys. */
export function NumberBox({ label, value, range, large, next, onCommit }: NumberBoxProps) {
  const noteId = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [lastRejected, setRejected] = useState<Rejected | null>(null);
  const rejected = lastRejected?.value === value ? lastRejected : null;
  const [note, setNote] = useState('');

  // That a value was mended is read once; then what the note covers is free again.
  useEffect(() => {
    const timer = setTimeout(() => setNote(''), note ? noteMilliseconds : 0);
    return () => clearTimeout(timer);
  }, [note]);

  function clear() {
    setDraft(null);
    setRejected(null);
    setNote('');
  }

  function commit() {
    if (draft === null) return;
    const reading = readBox(draft, range);
    clear();
    if (reading.kind === 'refused') return setRejected({ text: draft, note: reading.note, value });
    if (reading.kind === 'repaired') setNote(reading.note);
    onCommit(reading.value);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') clear();
    else if (value !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const stepped = next(value, event.key === 'ArrowUp' ? 1 : -1);
      clear();
      onCommit(Math.min(range.max, Math.max(range.min, stepped)));
    }
  }

  return (
    <span className={classes.box} data-rejected={rejected ? true : undefined}>
      <input
        className={classes.input}
        data-large={large || undefined}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        aria-invalid={rejected !== null}
        aria-describedby={noteId}
        disabled={value === null}
        value={draft ?? rejected?.text ?? (value === null ? '' : formatSetting(value))}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          clear();
          setDraft(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <span className={classes.note} id={noteId} role="status">
        {rejected?.note ?? note}
      </span>
    </span>
  );
}
