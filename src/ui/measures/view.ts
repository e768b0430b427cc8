import type { Factor } from '../../data/dataset.ts';
import type { Point } from '../../history/decimate.ts';
import type { History } from '../../history/history.ts';
import type { FactorTrace } from '../../model/pictures.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import type { RunInfo } from '../../protocol/messages.ts';

/** The factors of more than one value, by index; the others cannot be told from a code. */
export function varyingFactors(factors: readonly Factor[] | null): number[] {
  return factors?.flatMap(({ values }, factor) => (values.length > 1 ? [factor] : [])) ?? [];
}

/** Why nothing of a run can be measured; null where it can, and before there is a run. */
export function whyUnmeasurable(info: Pick<RunInfo, 'can' | 'known'> | null): string | null {
  if (!info) return null;
  if (!info.can.encode) return 'This model has no encoder: there are no codes to measure.';
  if (!info.known) return 'The factors of these pictures are not known: there is nothing to tell apart.';
  if (varyingFactors(info.known).length > 0) return null;
  return 'Every factor has one value only: there is nothing to tell apart.';
}

/**
 * What a code that says nothing scores on the FactorVAE metric, of so many factors that vary; null where none
 * does.
 */
export function chanceLevel(varying: number): number | null {
  return varying === 0 ? null : 1 / varying;
}

/** The FactorVAE metric over time; the band reaches from the votes that fitted it to fresh ones. */
export function metricPoints(records: readonly LiveEvaluation[]): Point[] {
  return records.map(({ step, factorVae: { fitted, heldOut } }) => ({
    step,
    from: step,
    to: step,
    mean: fitted,
    band: [Math.min(fitted, heldOut), Math.max(fitted, heldOut)],
  }));
}

/** The discriminator's estimate of the total correlation up to a step, in nats; NaN where none was taken. */
export function discriminatorEstimate(history: History, step: number): number {
  return history.recentMean('totalCorrelation', step);
}

/** What a latent knows of a factor of `size` values, as a share of all there is to know, 0 to 1. */
export function informationShare(nats: number, size: number): number {
  return Math.max(0, Math.min(1, nats / Math.log(size)));
}

/** The latent that knows most about a factor; null where none knows anything. */
export function bestLatent(information: LiveEvaluation['mutualInformation'], factor: number): number | null {
  let best: number | null = null;
  information.forEach((row, latent) => {
    if (row[factor] > (best === null ? 0 : information[best][factor])) best = latent;
  });
  return best;
}

/** How one latent goes as a factor runs through its values. */
export interface TraceLine {
  readonly latent: number;
  /** Posterior mean and standard deviation at each value; null where codes have none. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[] | null;
  readonly low: number;
  readonly high: number;
}

export function traceLines({ mean, logVariance }: FactorTrace, latents: number): TraceLine[] {
  const values = mean.length / latents;
  return Array.from({ length: latents }, (_, latent) => {
    const at = (numbers: Float32Array) =>
      Array.from({ length: values }, (_, value) => numbers[value * latents + latent]);
    const means = at(mean);
    return {
      latent,
      mean: means,
      deviation: logVariance && at(logVariance).map((value) => Math.exp(value / 2)),
      low: Math.min(...means),
      high: Math.max(...means),
    };
  });
}

/**
 * Half the height of every row: the same for all latents, so that they can be compared; two thirds of how far the
 * rows of pictures go, at least.
 */
export function traceReach(lines: readonly TraceLine[], reach: number): number {
  return (
    Math.max((2 / 3) * reach, ...lines.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) * 1.1
  );
}
