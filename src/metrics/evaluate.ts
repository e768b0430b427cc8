import { activeByDeviation } from './activeLatents.ts';
import { collectCodes } from './codeSample.ts';
import type { CodeSource } from './codeSource.ts';
import { columnDeviations } from './covariance.ts';
import { type DciOptions, type DciScore, dci, dciDefaults } from './dci.ts';
import {
  type FactorVaeOptions,
  type FactorVaeScore,
  factorVaeDefaults,
  factorVaeMetric,
} from './factorVae.ts';
import { gaussianTotalCorrelation } from './gaussianTotalCorrelation.ts';
import { type HigginsOptions, type HigginsScore, higginsDefaults, higginsMetric } from './higgins.ts';
import { mutualInformationGap } from './mig.ts';
import { modularity } from './modularity.ts';
import { mutualInformation } from './mutualInformation.ts';
import { sapContinuous } from './sap.ts';
import type { Work } from './work.ts';

/** What an evaluation may spend; the fewer images, the rougher its numbers. */
export interface EvaluationBudget {
  /** Images of the sample for all measures but the two that choose their own; a smaller grid is taken whole. */
  readonly sampleImages: number;
  readonly factorVae: Omit<FactorVaeOptions, 'seed'>;
  readonly higgins: Omit<HigginsOptions, 'seed'>;
  readonly dci: Omit<DciOptions, 'seed'>;
}

/** The sources' own numbers. */
export const fullBudget: EvaluationBudget = {
  sampleImages: 10_000,
  factorVae: factorVaeDefaults,
  higgins: higginsDefaults,
  dci: dciDefaults,
};

/** Every measure of the codes' means; total correlation and mutual information in nats, the others from 0 to 1. */
export interface Evaluation {
  readonly mig: number;
  readonly sapContinuous: number;
  readonly modularity: number;
  readonly gaussianTotalCorrelation: number;
  /** [latents][factors] */
  readonly mutualInformation: readonly (readonly number[])[];
  readonly dci: DciScore;
  readonly factorVae: FactorVaeScore;
  readonly higgins: HigginsScore;
}

export interface EvaluationOptions {
  readonly seed: number;
  readonly budget: EvaluationBudget;
  /** Which latents have not collapsed, where their KL is known; else told by their standard deviation. */
  readonly active?: readonly boolean[];
}

/** Takes every measure of a source; each is the same for the same codes, seed and budget. */
export async function evaluate(
  source: CodeSource,
  { seed, budget, active }: EvaluationOptions,
  work: Work,
): Promise<Evaluation> {
  const sample = await collectCodes(source, budget.sampleImages, seed, work.part(0, 0.1));
  const deviations = columnDeviations(sample.codes, sample.latents);
  const scale = { deviations, active: active ?? activeByDeviation(deviations) };
  const information = mutualInformation(sample);
  return {
    mig: mutualInformationGap(information, sample),
    sapContinuous: sapContinuous(sample),
    modularity: modularity(information, sample.factorSizes),
    gaussianTotalCorrelation: gaussianTotalCorrelation(sample.codes, sample.latents),
    mutualInformation: information,
    factorVae: await factorVaeMetric(source, scale, { seed, ...budget.factorVae }, work.part(0.1, 0.3)),
    higgins: await higginsMetric(source, { seed, ...budget.higgins }, work.part(0.3, 0.5)),
    dci: await dci(sample, { seed, ...budget.dci }, work.part(0.5, 1)),
  };
}
