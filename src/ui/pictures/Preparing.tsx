import { Progress } from '@mantine/core';
import { useRun } from '../session/context.ts';
import classes from './Traversal.module.css';

/** Stands where the pictures will be, until the trainer is made. */
export function Preparing() {
  const progress = useRun((run) => run.progress);
  const failed = useRun((run) => run.phase === 'failed');
  if (failed) return <div className={classes.preparing}>No model to draw.</div>;
  return (
    <div className={classes.preparing}>
      <div>{progress?.stage ?? 'Looking at this machine'}…</div>
      <Progress
        value={100 * (progress?.fraction ?? 0)}
        w={240}
        color="ink"
        aria-label={progress?.stage ?? 'Looking at this machine'}
      />
    </div>
  );
}
