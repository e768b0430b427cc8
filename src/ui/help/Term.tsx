import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { Formula } from './Formula.tsx';
import { explanationOf, type GlossaryTerm } from './glossary.ts';
import classes from './Term.module.css';

/** A word that explains itself on hover, focus or touch. */
export function Term({ name, children }: { name: GlossaryTerm; children: ReactNode }) {
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
        </>
      }
    >
      <button type="button" className={classes.term}>
        {children}
      </button>
    </Tooltip>
  );
}
