import type { AlignmentScores } from '../model/turn.ts';
import { activeByDeviation } from './activeLatents.ts';
import { collectCodes } from './codeSample.ts';
import type { CodeTable } from './codeTable.ts';
import { columnDeviations } from './covariance.ts';
import { liveBudget } from './evaluateModel.ts';
import { factorVaeMetric } from './factorVae.ts';
import { gaussianTotalCorrelation } from './gaussianTotalCorrelation.ts';
import { higginsMetric } from './higgins.ts';
import { mutualInformationGap } from './mig.ts';
import { mutualInformation } from './mutualInformation.ts';
import type { Work } from './work.ts';

/** Takes them of a table of codes, with the votes and pairs that a live model is measured with. */
export async function alignmentScores(table: CodeTable, seed: number, work: Work): Promise<AlignmentScores> {
  const budget = liveBudget(table.choices);
  const sample = await collectCodes(table, budget.sampleImages, seed, work.part(0, 0.1));
  const deviations = columnDeviations(sample.codes, sample.latents);
  const scale = { deviations, active: activeByDeviation(deviations) };
  const factorVae = await factorVaeMetric(table, scale, { seed, ...budget.factorVae }, work.part(0.1, 0.5));
  const higgins = await higginsMetric(table, { seed, ...budget.higgins }, work.part(0.5, 1));
  return {
    mig: mutualInformationGap(mutualInformation(sample), sample),
    factorVae: factorVae.fitted,
    higgins: higgins.heldOut,
    gaussianTotalCorrelation: gaussianTotalCorrelation(sample.codes, sample.latents),
  };
}
