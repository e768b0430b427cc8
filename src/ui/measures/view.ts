import { factorNames } from '../../data/shapes2d/factors.ts';
import type { Point } from '../../history/decimate.ts';
import type { History } from '../../history/history.ts';
import { recentSteps } from '../../history/recent.ts';
import type { FactorTrace } from '../../model/pictures.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';

/** The factors of more than one value, by index; the others cannot be told from a code. */
export function varyingFactors(sizes: readonly number[]): number[] {
  return factorNames.flatMap((_, factor) => (sizes[factor] > 1 ? [factor] : []));
}

/** What a code that says nothing scores on the FactorVAE metric; null where nothing varies. */
export function chanceLevel(sizes: readonly number[]): number | null {
  const { length } = varyingFactors(sizes);
  return length === 0 ? null : 1 / length;
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
  return history.summary('totalCorrelation', step - recentSteps(step), step).mean;
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
  /** Posterior mean and standard deviation at each value. */
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
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
      deviation: at(logVariance).map((value) => Math.exp(value / 2)),
      low: Math.min(...means),
      high: Math.max(...means),
    };
  });
}

/** Half the height of every row: the same for all latents, so that they can be compared; a prior's two deviations at least. */
export function traceReach(lines: readonly TraceLine[]): number {
  return Math.max(2, ...lines.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) * 1.1;
}
