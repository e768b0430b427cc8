import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Formula } from './Formula.tsx';
import { explanationOf, type GlossaryTerm } from './glossary.ts';
import classes from './Term.module.css';

interface TermProps {
  readonly name: GlossaryTerm;
  /** What there is to tell of this run, below the explanation. */
  readonly details?: ReactNode;
  readonly children: ReactNode;
}

/** A word that explains itself on hover, focus or touch. */
export function Term({ name, details, children }: TermProps) {
  const { text, tex } = explanationOf(name);
  return (
    <Tooltip
      multiline
      w={340}
      withArrow
      position="bottom-start"
      openDelay={150}
      events={{ hover: true, focus: true, touch: true }}
      classNames={{ tooltip: classes.tooltip, arrow: classes.arrow }}
      label={
        <>
          <span>{text}</span>
          {tex && <Formula tex={tex} />}
          {details}
        </>
      }
    >
      <button type="button" className={classes.term}>
        {children}
      </button>
    </Tooltip>
  );
}
