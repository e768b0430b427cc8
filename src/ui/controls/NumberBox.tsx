import { type KeyboardEvent, useEffect, useState } from 'react';
import type { Range } from '../../config/schema.ts';
import { formatSetting } from '../format.ts';
import classes from './NumberBox.module.css';
import { readNumber } from './readNumber.ts';

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

/** A number that acts when it is entered: on Enter, on leaving the box, and on the arrow keys. */
export function NumberBox({ label, value, range, large, next, onCommit }: NumberBoxProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [note, setNote] = useState('');

  // A note is read once; then what it covers is free again.
  useEffect(() => {
    const timer = setTimeout(() => setNote(''), note ? noteMilliseconds : 0);
    return () => clearTimeout(timer);
  }, [note]);

  function commit() {
    if (draft === null) return;
    const reading = readNumber(draft, range);
    setNote(reading.kind === 'ok' ? '' : reading.note);
    if (reading.kind !== 'unreadable') onCommit(reading.value);
    setDraft(null);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit();
    else if (event.key === 'Escape') setDraft(null);
    else if (value !== null && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault();
      const stepped = next(value, event.key === 'ArrowUp' ? 1 : -1);
      setDraft(null);
      setNote('');
      onCommit(Math.min(range.max, Math.max(range.min, stepped)));
    }
  }

  return (
    <span className={classes.box}>
      <input
        className={classes.input}
        data-large={large || undefined}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        aria-label={label}
        disabled={value === null}
        value={draft ?? (value === null ? '' : formatSetting(value))}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setNote('');
        }}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      <span className={classes.note} role="status">
        {note}
      </span>
    </span>
  );
}
