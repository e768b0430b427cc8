import { Tooltip } from '@mantine/core';
import {
  createContext,
  type KeyboardEvent,
  memo,
  type ReactNode,
  use,
  useEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import { Formula } from './Formula.tsx';
import { explanationOf, type GlossaryTerm } from './glossary.ts';
import classes from './Term.module.css';
import { TermStops } from './termStops.ts';

/** The words of the panel that a word stands in; words outside any have one another. */
export const TermStopsContext = createContext(new TermStops());

interface TermProps {
  readonly name: GlossaryTerm;
  /** What there is to tell of this run, below the explanation. */
  readonly details?: ReactNode;
  readonly children: ReactNode;
}

/**
 * A word that explains itself on hover, focus or touch. What stands around it is drawn again far more often than the
 * word changes, and a page has dozens.
 */
export const Term = memo(function Term({ name, details, children }: TermProps) {
  const { text, tex } = explanationOf(name);
  const stops = use(TermStopsContext);
  const button = useRef<HTMLButtonElement>(null);
  const isStop = useSyncExternalStore(stops.subscribe, () => stops.isStop(button.current));
  useEffect(() => (button.current ? stops.add(button.current) : undefined), [stops]);
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>) => {
    const next = stops.next(event.currentTarget, event.key);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
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
      <button
        ref={button}
        type="button"
        className={classes.term}
        tabIndex={isStop ? 0 : -1}
        data-term
        onKeyDown={onKeyDown}
        onFocus={(event) => stops.enter(event.currentTarget)}
      >
        {children}
      </button>
    </Tooltip>
  );
});
