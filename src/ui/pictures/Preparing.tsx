import { Progress } from '@mantine/core';
import { wordStage } from '../../locale/word.ts';
import { useRun } from '../session/context.ts';
import classes from './Traversal.module.css';

/** Stands where the pictures will be, until the trainer is made. */
export function Preparing() {
  const progress = useRun((run) => run.progress);
  const failed = useRun((run) => run.phase === 'failed');
  if (failed) return <div className={classes.preparing}>No model to draw.</div>;
  return (
    <div className={classes.preparing}>
      <div>{wordStage(progress?.stage ?? 'lookingAround')}</div>
      <Progress
        value={100 * (progress?.fraction ?? 0)}
        w={240}
        color="ink"
        aria-label={wordStage(progress?.stage ?? 'lookingAround')}
      />
    </div>
  );
}
