import { en } from '../locale/en/index.ts';
import type { LiveChange } from '../record/liveChange.ts';
import type { Divergence } from '../run/divergence.ts';

/** What a person is told: at which step, since which change, and what is left. */
export function describeDivergence(
  { loss, step }: Divergence,
  lastChange: LiveChange | null,
  restoredStep: number,
): string {
  const since = lastChange
    ? `${en.settings[lastChange.key].inSentence} was moved from ${lastChange.from} to ${lastChange.to} at step ${lastChange.step}`
    : 'the run began, with no setting moved';
  return (
    `At step ${step} the ${loss} was no longer a finite number; the last change before it: ${since}. ` +
    `The model is back as it was after step ${restoredStep}: look at it, export it, or reset and train with a smaller learning rate or gamma.`
  );
}
