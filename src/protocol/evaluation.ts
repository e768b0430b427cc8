import type { EvaluationRecord } from '../record/evaluationRecord.ts';
import type { ErrorReport } from '../report.ts';

/**
 * What a measurement of the live model says: what the record of a run keeps of it, and what is shown beside.
 * Mutual information and total correlation are in nats: src/metrics has the definitions.
 */
export interface LiveEvaluation extends EvaluationRecord {
  /** Images that were encoded. */
  readonly images: number;
  /** From the copy of the encoder to the last score. */
  readonly milliseconds: number;
  /**
   * Of samples of q(z). `gaussian` is infinite where latents decide one another; the others are null where codes
   * have no posterior.
   */
  readonly totalCorrelation: {
    readonly gaussian: number;
    readonly weighted: number | null;
    readonly stratified: number | null;
  };
  /** Which latents have not collapsed, [latents]. */
  readonly active: readonly boolean[];
}

/** What is measured of codes where nobody knows the factors of the images. */
export interface CodeEstimates extends Pick<LiveEvaluation, 'totalCorrelation' | 'active'> {
  readonly step: number;
}

/** What the latents of one step know of the factors, estimated beside training: see metrics/knownShares.ts. */
export interface Knowledge {
  readonly step: number;
  /** Shares of the factor's entropy, from 0 to 1, [latents][factors]. */
  readonly shares: readonly (readonly number[])[];
}

/** What is under way, or how the last measurement ended where it gave no record. */
export type EvaluationActivity =
  | { readonly state: 'idle' }
  /** `fraction`: how much is done, 0 to 1. */
  | { readonly state: 'measuring'; readonly step: number; readonly fraction: number }
  | { readonly state: 'cancelled'; readonly step: number }
  | { readonly state: 'failed'; readonly step: number; readonly error: ErrorReport };
