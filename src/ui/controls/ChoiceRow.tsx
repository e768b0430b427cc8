import type { GlossaryTerm } from '../help/glossary.ts';
import { Term } from '../help/Term.tsx';
import classes from './Settings.module.css';

interface ChoiceRowProps<Choice extends string> {
  readonly label: string;
  readonly term: GlossaryTerm;
  readonly choices: readonly Choice[];
  readonly labelOf: (choice: Choice) => string;
  readonly value: string;
  readonly onChange: (choice: Choice) => void;
}

/** A setting of a form that is one of a few. */
export function ChoiceRow<Choice extends string>(props: ChoiceRowProps<Choice>) {
  const { label, term, choices, labelOf, value, onChange } = props;
  return (
    <div className={classes.row}>
      <Term name={term}>{label}</Term>
      <select
        className={`${classes.input} ${classes.select}`}
        aria-label={label}
        value={value}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.currentTarget.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {labelOf(choice)}
          </option>
        ))}
      </select>
    </div>
  );
}
