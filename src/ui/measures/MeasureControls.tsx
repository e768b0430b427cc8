import { Button } from '@mantine/core';
import type { RefObject } from 'react';
import { Select } from '../controls/Select.tsx';
import { formatCount } from '../format.ts';
import { useEvaluations, useRun, useSession } from '../session/context.ts';
import classes from './Measures.module.css';

const choices = [500, 1000, 2000, 5000] as const;
const never = 'off';

/** A challenge may measure at other steps than a person would choose. */
function everyChoices(every: number | null): readonly number[] {
  const known = every === null || choices.some((steps) => steps === every);
  return known ? choices : [...choices, every].toSorted((a, b) => a - b);
}

interface MeasureControlsProps {
  readonly measurable: boolean;
  readonly name: string;
  /** Where the results stand: scrolled into sight when a person asks for them. */
  readonly results: RefObject<HTMLElement | null>;
}

/** How often to measure, and a button that measures now, as `name` says, or stops it. */
export function MeasureControls({ measurable, name, results }: MeasureControlsProps) {
  const session = useSession();
  const every = useEvaluations((state) => state.every);
  const measuring = useEvaluations(({ activity }) => activity.state === 'measuring');
  const phase = useRun((run) => run.phase);
  const ready = phase === 'paused' || phase === 'held' || phase === 'running' || phase === 'diverged';

  function measure() {
    results.current?.scrollIntoView({ block: 'nearest' });
    void session.measuring.evaluate();
  }

  return (
    <>
      <div className={classes.every}>
        <span aria-hidden="true">Every</span>
        <Select
          label="Measure every"
          value={every ?? never}
          onChange={(value) => void session.measuring.setEvery(value === never ? null : Number(value))}
        >
          <option value={never}>{never}</option>
          {everyChoices(every).map((steps) => (
            <option key={steps} value={steps}>
              {formatCount(steps)} steps
            </option>
          ))}
        </Select>
      </div>
      <Button
        className={classes.measure}
        size="compact-sm"
        h={32}
        variant="default"
        disabled={!ready || !measurable}
        onClick={measuring ? () => void session.measuring.cancel() : measure}
      >
        {measuring ? 'Cancel' : name}
      </Button>
    </>
  );
}
