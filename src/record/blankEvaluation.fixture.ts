import type { EvaluationRecord } from './evaluationRecord.ts';

/** An evaluation that says nothing, for tests to fill in what they are about. */
export function blankEvaluation(step: number): EvaluationRecord {
  return {
    step,
    seed: 0,
    budget: {
      sampleImages: 1,
      factorVae: { imagesPerVote: 1, votes: 1, repeats: 1 },
      higgins: { pairs: 1, votes: 1 },
      dci: { trainImages: 1, testImages: 1 },
    },
    mig: 0,
    sapContinuous: 0,
    modularity: 0,
    gaussianTotalCorrelation: null,
    mutualInformation: [],
    dci: {
      disentanglement: 0,
      completeness: 0,
      informativenessTrain: 0,
      informativenessTest: 0,
      importances: [],
    },
    factorVae: { fitted: 1, heldOut: 1, votes: [] },
    higgins: { fitted: 1, heldOut: 1 },
  };
}
