import { dialOf } from '../config/objective.ts';
import type { RunConfig } from '../config/schema.ts';
import { isVae, type VaeObjective } from '../settings/scopes.ts';
import { type Curve, type PlacedPoint, pointsOf } from './curve.ts';
import type { RunRecord } from './runRecord.ts';

/** Curves that can be laid over one another: those of every step by their columns, and one of every evaluation. */
export const comparedMetrics = [
  'reconstruction',
  'kl',
  'totalCorrelation',
  'criticGap',
  'generatorInformation',
  'factorVaeMetric',
] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/**
 * The curve of a run, in the order of its steps, each point at the middle of those it stands for; none where it
 * was not measured.
 */
export function curveOfMetric(record: RunRecord, metric: ComparedMetric): PlacedPoint[] {
  if (metric !== 'factorVaeMetric') return pointsIfAny(record.history[metric]);
  return record.evaluations.map(({ step, factorVae: { fitted } }) => ({
    step,
    from: step,
    to: step,
    mean: fitted,
    band: [fitted, fitted],
  }));
}

const pointsIfAny = (curve: Curve | undefined) => (curve ? pointsOf(curve) : []);

/** A number a person is shown stands for so many of the latest steps: one batch alone jumps about. */
const recentSteps = 32;

/**
 * Mean of a curve over the steps up to `step`, at least `recentSteps` of them where it has so many; null for none.
 */
export function meanUpTo(curve: Curve | undefined, step: number): number | null {
  let steps = 0;
  let sum = 0;
  for (const { from, to, mean } of pointsIfAny(curve).reverse()) {
    // A point that reaches beyond the step would bring what came later into it, but for the first.
    if (to > step && from > 1) continue;
    const count = to - from + 1;
    sum += mean * count;
    steps += count;
    if (steps >= recentSteps) break;
  }
  return steps === 0 ? null : sum / steps;
}

/** The settings a run had at its end: those it began with and what was changed since. */
export function lastConfig({ config, changes }: RunRecord): RunConfig {
  const latest = { ...config };
  for (const { key, to } of changes) latest[key] = to;
  return latest;
}

export interface LastResults {
  /** In nats, of the latest steps. */
  readonly reconstruction: number | null;
  /** Of the last evaluation, on the votes that fitted its classifier: the paper's number. */
  readonly factorVaeMetric: number | null;
}

export function lastResults({ history, evaluations, steps }: RunRecord): LastResults {
  return {
    reconstruction: meanUpTo(history.reconstruction, steps),
    factorVaeMetric: evaluations.at(-1)?.factorVae.fitted ?? null,
  };
}

/** A run in the paper's picture (Kim & Mnih 2018, figures 4 and 5). */
export interface TradeOff {
  readonly objective: VaeObjective;
  /** gamma for FactorVAE, beta for beta-VAE, as it was at the evaluation. */
  readonly weight: number;
  /** The step of the evaluation. */
  readonly step: number;
  /** In nats, of the steps before the evaluation: both numbers are of the same model. */
  readonly reconstruction: number;
  readonly metric: number;
}

/**
 * Reconstruction against the FactorVAE metric, both at the last evaluation; null for a run that was not
 * measured, and for one that reconstructs nothing.
 */
export function tradeOff({ config, changes, history, evaluations }: RunRecord): TradeOff | null {
  const last = evaluations.at(-1);
  const reconstruction = last ? meanUpTo(history.reconstruction, last.step) : null;
  const { objective } = config;
  if (!last || reconstruction === null || !isVae(objective)) return null;
  const key = dialOf(objective);
  const weight = changes.reduce(
    (value, change) => (change.key === key && change.step <= last.step ? change.to : value),
    config[key],
  );
  return { objective, weight, step: last.step, reconstruction, metric: last.factorVae.fitted };
}
