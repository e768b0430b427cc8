import type { ErrorReport } from '../errors.ts';

/**
 * What a measurement of the model says, and what becomes of it. Scores run from 0 to 1, mutual information and total
 * correlation are in nats: src/metrics has their definitions.
 */
export interface EvaluationRecord {
  /** The step whose model was measured. */
  readonly step: number;
  /** Images that were encoded. */
  readonly images: number;
  /** From the copy of the encoder to the last score. */
  readonly milliseconds: number;
  readonly factorVae: {
    /** On the votes that fitted the classifier: the paper's number. */
    readonly fitted: number;
    readonly heldOut: number;
  };
  readonly higgins: { readonly fitted: number; readonly heldOut: number };
  readonly mig: number;
  readonly sap: number;
  readonly modularity: number;
  readonly dci: {
    readonly disentanglement: number;
    readonly completeness: number;
    /** Accuracy on images that the trees were not fitted to. */
    readonly informativeness: number;
  };
  /** Of samples of q(z). `gaussian` is infinite where latents decide one another. */
  readonly totalCorrelation: {
    readonly gaussian: number;
    readonly weighted: number;
    readonly stratified: number;
  };
  /** Which latents have not collapsed, [latents]. */
  readonly active: readonly boolean[];
  /** [latents][factors], all factors; 0 for those of one value. */
  readonly mutualInformation: readonly (readonly number[])[];
}

/** What is under way, or how the last measurement ended where it gave no record. */
export type EvaluationActivity =
  | { readonly state: 'idle' }
  /** `fraction`: how much is done, 0 to 1. */
  | { readonly state: 'measuring'; readonly step: number; readonly fraction: number }
  | { readonly state: 'cancelled'; readonly step: number }
  | { readonly state: 'failed'; readonly step: number; readonly error: ErrorReport };

/** What the code does as one factor runs through its values and the others stay at those of the base image. */
export interface FactorTrace {
  readonly step: number;
  /** Index of the factor, and the base image's own value of it. */
  readonly factor: number;
  readonly base: number;
  /** Posterior means and log variances, [values, latents]. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly logVariance: Float32Array<ArrayBuffer>;
}
