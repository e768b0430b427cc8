import { z } from 'zod';
import type { Evaluation, EvaluationBudget } from '../metrics/evaluate.ts';
import { count, measured, recordBounds, score, steps } from './bounds.ts';

const table = z.array(z.array(measured).max(recordBounds.table)).max(recordBounds.table);
const accuracies = z.object({ fitted: score, heldOut: score });

const budgetSchema = z.object({
  sampleImages: count,
  factorVae: z.object({ imagesPerVote: count, votes: count, repeats: count }),
  higgins: z.object({ pairs: count, votes: count }),
  dci: z.object({ trainImages: count, testImages: count }),
}) satisfies z.ZodType<EvaluationBudget>;

/**
 * An evaluation as JSON: metrics/evaluate.ts says what each number means. JSON has no infinity, so a total
 * correlation without bound is null.
 */
export const evaluationRecordSchema = z.object({
  /** Steps done when the codes were taken. */
  step: steps,
  seed: count,
  budget: budgetSchema,
  mig: score,
  sapContinuous: score,
  modularity: score,
  gaussianTotalCorrelation: measured.nullable(),
  /** [latents][factors] */
  mutualInformation: table,
  dci: z.object({
    disentanglement: score,
    completeness: score,
    informativenessTrain: score,
    informativenessTest: score,
    /** [latents][factors that vary] */
    importances: table,
  }),
  /** votes: [factors][latents] */
  factorVae: accuracies.extend({ votes: table }),
  higgins: accuracies,
});
export type EvaluationRecord = z.infer<typeof evaluationRecordSchema>;

/** What was measured, and how, as it is written down. */
export function evaluationRecord(
  step: number,
  { seed, budget }: { readonly seed: number; readonly budget: EvaluationBudget },
  evaluation: Evaluation,
): EvaluationRecord {
  const { gaussianTotalCorrelation } = evaluation;
  // Parsing copies: what is read-only becomes plain data, and fields that records do not have are left out.
  return evaluationRecordSchema.parse({
    ...evaluation,
    step,
    seed,
    budget,
    gaussianTotalCorrelation: Number.isFinite(gaussianTotalCorrelation) ? gaussianTotalCorrelation : null,
  });
}
