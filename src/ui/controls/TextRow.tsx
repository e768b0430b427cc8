import { useId } from 'react';
import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import classes from './Settings.module.css';

interface TextRowProps {
  readonly label: string;
  readonly term?: GlossaryTerm | undefined;
  readonly text: string;
  /** What is wrong with the text and what to write. */
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

/** A setting of a form: its name and a box, and under it what is wrong with what was typed. */
export function TextRow({ label, term, text, error, onChange }: TextRowProps) {
  const errorId = useId();
  return (
    <div>
      <div className={classes.row}>
        {term ? <Term name={term}>{label}</Term> : <span>{label}</span>}
        <input
          className={classes.input}
          type="text"
          autoComplete="off"
          aria-label={label}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      {error && (
        <p className={classes.error} id={errorId} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
