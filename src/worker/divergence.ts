import { en } from '../locale/en/index.ts';
import { metricIndex, metricWidth } from '../model/metricsRow.ts';
import type { LiveChange } from '../record/liveChange.ts';

const losses = [
  { name: 'reconstruction', index: metricIndex('reconstruction') },
  { name: 'KL', index: metricIndex('kl') },
  { name: 'total correlation', index: metricIndex('totalCorrelation') },
  { name: 'discriminator loss', index: metricIndex('discriminatorLoss') },
] as const;

export interface Divergence {
  /** Row of the first loss that is not finite. */
  readonly row: number;
  readonly loss: string;
}

/**
 * The first loss in rows of metrics that is not finite, if any. Without a discriminator its columns are not measured
 * and not looked at.
 */
export function findDivergence(
  rows: Float32Array,
  latents: number,
  discriminator: boolean,
): Divergence | null {
  const width = metricWidth(latents);
  const watched = discriminator ? losses : losses.slice(0, 2);
  for (let row = 0; row * width < rows.length; row++) {
    const bad = watched.find(({ index }) => !Number.isFinite(rows[row * width + index]));
    if (bad) return { row, loss: bad.name };
  }
  return null;
}

/** What a person is told: at which step, since which change, and what is left. */
export function describeDivergence(
  loss: string,
  step: number,
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
