import { presetSteps } from '../config/presets.ts';
import { formatCount, formatDuration } from './format.ts';
import { useRun } from './session/context.ts';

/** How long the run still takes to show what its preset is for. */
export function TimeLeft() {
  const steps = useRun((run) => presetSteps[run.preset]);
  // Told in whole minutes, so that it changes seldom.
  const left = useRun(({ step, phase, stepsPerSecond }) =>
    phase === 'running' && stepsPerSecond > 0 && step < steps
      ? formatDuration((steps - step) / stepsPerSecond)
      : null,
  );
  return left && <span data-testid="time-left">{`step ${formatCount(steps)} in ${left}`}</span>;
}
