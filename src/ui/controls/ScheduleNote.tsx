import { penaltiesAt, scheduleEnd } from '../../config/schedule.ts';
import { isVae } from '../../settings/scopes.ts';
import { formatCount, formatDuration } from '../format.ts';
import { useRun } from '../session/context.ts';
import classes from './HeroControl.module.css';

/** What gamma and beta are in effect while a schedule multiplies what they are set to. */
export function ScheduleNote() {
  const end = useRun((run) =>
    run.info && isVae(run.info.config.objective) ? scheduleEnd(run.info.config) : 0,
  );
  const acting = useRun(({ info, live, step }) => {
    if (!info || !live || step >= end) return '';
    const { gamma, beta } = penaltiesAt(info.config, live, step);
    const betaText = beta.toFixed(2);
    return info.config.objective === 'factorVae'
      ? `γ is ${gamma.toFixed(1)} and β ${betaText} right now; they reach your settings`
      : `β is ${betaText} right now; it reaches your setting`;
  });
  // Told in whole minutes, so that it changes seldom.
  const left = useRun(({ step, phase, stepsPerSecond }) =>
    phase === 'running' && stepsPerSecond > 0 ? formatDuration((end - step) / stepsPerSecond) : null,
  );
  if (end === 0) return null;
  // It keeps its place when it is over: nothing below may jump.
  return (
    <p className={classes.acts} data-testid="schedule">
      {acting && `Warm-up: ${acting} at step ${formatCount(end)}${left === null ? '' : `, in ${left}`}.`}
    </p>
  );
}
