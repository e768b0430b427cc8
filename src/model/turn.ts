import type { LatentPair } from './codesFrame.ts';

/** A turn of two latents in their plane, each scaled to unit variance first. */
export interface Turn {
  readonly pair: LatentPair;
  readonly degrees: number;
}

/** Scores that differ in whether they ask that latents lie along factors, and that every factor be coded. */
export interface AlignmentScores {
  readonly mig: number;
  /** On the votes that it was fitted to, as in the paper. */
  readonly factorVae: number;
  /** On fresh pairs. */
  readonly higgins: number;
  /** In nats; infinite where latents decide one another. */
  readonly gaussianTotalCorrelation: number;
}
