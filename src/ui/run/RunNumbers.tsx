import { absent, formatCount, formatElapsed, formatRate } from '../format.ts';
import { useRun } from '../session/context.ts';
import classes from './RunBar.module.css';

/** How far the run is: step, steps a second, time spent training. Fixed widths, for they change all the time. */
export function RunNumbers() {
  return (
    <dl className={classes.numbers}>
      <StepCount />
      <Rate />
      <Elapsed />
    </dl>
  );
}

function StepCount() {
  const step = useRun((run) => run.step);
  const phase = useRun((run) => run.phase);
  return (
    <div>
      <dt>step</dt>
      <dd className={classes.step} data-testid="step-count" data-step={step} data-phase={phase}>
        {formatCount(step)}
      </dd>
    </div>
  );
}

function Rate() {
  // In slow motion it waits most of the time: how fast it could go is not known.
  const rate = useRun(({ speedLimit, stepsPerSecond }) =>
    speedLimit === 'stages' ? absent : formatRate(stepsPerSecond),
  );
  return (
    <div>
      <dt>steps/s</dt>
      <dd className={classes.rate} data-testid="steps-per-second">
        {rate}
      </dd>
    </div>
  );
}

function Elapsed() {
  const elapsed = useRun((run) => formatElapsed(run.elapsed));
  return (
    <div>
      <dt>elapsed</dt>
      <dd className={classes.elapsed} data-testid="elapsed">
        {elapsed}
      </dd>
    </div>
  );
}
