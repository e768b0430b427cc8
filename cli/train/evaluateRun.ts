import type { RunConfig } from '../../src/config/schema.ts';
import { choicesOf, factorSizes, knownFactors } from '../../src/data/dataset.ts';
import { imagesOf } from '../../src/data/datasets.ts';
import { combinationCount } from '../../src/data/factors.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { familyOf } from '../../src/families/families.ts';
import { type EvaluationBudget, evaluate, fullBudget } from '../../src/metrics/evaluate.ts';
import { Work, type WorkOptions } from '../../src/metrics/work.ts';
import { type EvaluationRecord, evaluationRecord } from '../../src/record/evaluationRecord.ts';
import { codesOf, largestTable } from './codes.ts';
import { settings } from './settings.ts';

/** DCI's trees would take longer than all else together. */
const dci = { trainImages: 2_000, testImages: 1_000 } as const;

/** Codes of a table cost nothing: the sources' own numbers, on the whole grid. */
const tableBudget: EvaluationBudget = { ...fullBudget, sampleImages: largestTable, dci };

/** Every code takes an image: 60 000 of them in all. */
const drawnBudget: EvaluationBudget = {
  sampleImages: 10_000,
  factorVae: { imagesPerVote: 50, votes: 200, repeats: 1 },
  higgins: { pairs: 25, votes: 200 },
  dci,
};

export function budgetOf(config: RunConfig): EvaluationBudget {
  const { factors, count } = imagesOf(config);
  return combinationCount(choicesOf(factors, count)) <= largestTable ? tableBudget : drawnBudget;
}

/** A sentence where no run of these settings can be measured, whatever it learns; null where it can. */
export function whyNotMeasurable(config: RunConfig): string | null {
  if (!familyOf(config).can(config).encode) return 'Nothing will be measured: the model has no encoder.';
  const factors = knownFactors(imagesOf(config));
  if (!factors) return 'Nothing will be measured: the factors of these images are not known.';
  if (factorSizes(factors).some((size) => size > 1)) return null;
  const options = settings.filter(({ field }) => field.form === 'data' && field.isUsedBy(config));
  const names = options.map(({ option }) => `--${option}`).join(', ');
  return `Nothing will be measured: no factor of the images has more than one value. For scores give one of them more: ${names}.`;
}

/**
 * Measures the present weights.
 * @throws the reason of the options' signal once it is aborted, and AppError CodesNotFiniteError.
 */
export async function evaluateRun(trainer: Trainer, options: WorkOptions = {}): Promise<EvaluationRecord> {
  const { seed } = trainer.config;
  const budget = budgetOf(trainer.config);
  const work = new Work(options);
  const { source, active } = await codesOf(trainer, work.part(0, 0.2));
  const evaluation = await evaluate(source, { seed, budget, active }, work.part(0.2, 1));
  return evaluationRecord(trainer.step, { seed, budget }, evaluation);
}

/** The scores that a person looks at first, as part of a line. */
export function scoresLine({ factorVae, mig, dci, higgins, sapContinuous }: EvaluationRecord): string {
  const score = (value: number) => value.toFixed(3);
  return [
    `FactorVAE metric ${score(factorVae.fitted)} (fresh votes ${score(factorVae.heldOut)})`,
    `MIG ${score(mig)}`,
    `DCI ${score(dci.disentanglement)}`,
    `SAP ${score(sapContinuous)}`,
    `Higgins ${score(higgins.heldOut)}`,
  ].join(', ');
}
