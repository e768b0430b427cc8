import { varyingFactors } from './codeSample.ts';

/**
 * Modularity: 1 less the squared mutual information that a latent has with other factors than its own best one,
 * relative to that one's, averaged over the latents. 1: every latent knows one factor only. It has no fixed chance
 * level: noise scores what its accidents of information look like. It does not ask that all factors be coded, nor
 * that each be coded once; a latent that knows nothing at all counts as 0.
 * Source: Ridgeway & Mozer 2018 (arXiv 1802.05312), section 3; disentanglement_lib, modularity_explicitness.py.
 *
 * @param information in nats, [latents][factors]; factors that do not vary are left out
 */
export function modularity(information: readonly number[][], factorSizes: readonly number[]): number {
  const varying = varyingFactors(factorSizes);
  if (varying.length === 1) return 1;
  const scores = information.map((row) => {
    const squares = varying.map((factor) => row[factor] ** 2);
    const greatest = Math.max(...squares);
    if (greatest === 0) return 0;
    const rest = squares.reduce((sum, square) => sum + square, 0) - greatest;
    return 1 - rest / (greatest * (varying.length - 1));
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
