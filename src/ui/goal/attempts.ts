import type { Goal } from '../../config/goal.ts';
import type { History } from '../../history/history.ts';
import type { EvaluationRecord } from '../../record/evaluationRecord.ts';

/** A measurement as a goal sees it. */
export interface Attempt {
  readonly step: number;
  /** The FactorVAE metric. */
  readonly metric: number;
  /** The reconstruction as it stood beside its chart then: the mean of the latest steps. */
  readonly nats: number;
}

export interface Outcome {
  /** The first measurement that reached the goal. */
  readonly reached: Attempt | null;
  /** Of those that came in time the one with the highest metric. */
  readonly best: Attempt | null;
}

/** How far a run's measurements have come towards a goal. Those after its last step do not count. */
export function outcomeOf(
  goal: Goal,
  records: readonly Pick<EvaluationRecord, 'step' | 'factorVae'>[],
  history: Pick<History, 'recentMean'>,
): Outcome {
  const inTime = records
    .filter(({ step }) => step > 0 && step <= goal.steps)
    .map(({ step, factorVae }) => ({
      step,
      metric: factorVae.fitted,
      nats: history.recentMean('reconstruction', step),
    }));
  return {
    reached: inTime.find(({ metric, nats }) => metric >= goal.metric && nats <= goal.nats) ?? null,
    best: inTime.toSorted((a, b) => b.metric - a.metric)[0] ?? null,
  };
}
