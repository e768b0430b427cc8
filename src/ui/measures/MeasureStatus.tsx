import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { word } from '../../locale/word.ts';
import type { EvaluationActivity, LiveEvaluation } from '../../protocol/evaluation.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { useEvaluations } from '../session/context.ts';
import classes from './Measures.module.css';
import { ScoreSummary } from './ScoreSummary.tsx';

/** What was measured, what is being measured, or why nothing was. Its height stays, so that nothing jumps. */
export function MeasureStatus({ unmeasurable }: { unmeasurable: string | null }) {
  const activity = useEvaluations((state) => state.activity);
  const latest = useEvaluations((state) => state.records.at(-1) ?? null);
  const failed = activity.state === 'failed';
  return (
    <div className={classes.status} data-testid="measure-status" data-state={activity.state}>
      <p role="status" data-bad={failed || undefined}>
        {unmeasurable ?? statusText(activity, latest)}
      </p>
      {activity.state === 'measuring' && (
        <Progress
          className={classes.progress}
          size="sm"
          color="ink"
          value={100 * activity.fraction}
          aria-label="Measuring"
        />
      )}
    </div>
  );
}

/** Beside the button that asked for it, so that nobody has to look for it. */
function Measured({ record }: { record: LiveEvaluation }) {
  const seconds = formatQuantity(record.milliseconds / 1000, 1);
  return (
    <>
      Step {formatCount(record.step)}:{' '}
      <span className={classes.summary}>
        <ScoreSummary of={record} />
      </span>
      , from {formatCount(record.images)} pictures in {seconds} s.
    </>
  );
}

function statusText(activity: EvaluationActivity, latest: LiveEvaluation | null): ReactNode {
  const shown = latest ? ` Shown: step ${formatCount(latest.step)}.` : '';
  switch (activity.state) {
    case 'measuring':
      return `Measuring step ${formatCount(activity.step)}.${shown}`;
    case 'cancelled':
      return `Measuring step ${formatCount(activity.step)} was cancelled.${shown}`;
    case 'failed':
      return `Step ${formatCount(activity.step)} could not be measured: ${word(activity.error)}${shown}`;
    case 'idle':
      return latest ? <Measured record={latest} /> : 'Not measured yet.';
  }
}
