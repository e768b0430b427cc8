import { type CodeSample, varyingFactors } from './codeSample.ts';
import { factorEntropies } from './mutualInformation.ts';
import { topTwoGap } from './topTwoGap.ts';

/**
 * Mutual information gap: how much more the best latent of a factor knows about it than the second best, over the
 * factor's entropy, averaged over the factors that vary. 1: one latent knows all of each factor and no other latent
 * any; near 0 by chance. A code that spreads a factor over two latents scores 0 however clean it is otherwise.
 * Source: Chen et al. 2018 (arXiv 1802.04942), section 4.1, equation 6; disentanglement_lib, mig.py.
 *
 * @param information [latents][factors] of the same sample, as `mutualInformation` gives it
 */
export function mutualInformationGap(information: readonly number[][], sample: CodeSample): number {
  const entropies = factorEntropies(sample);
  const varying = varyingFactors(sample.factorSizes);
  const gaps = varying.map((factor) => topTwoGap(information.map((row) => row[factor])) / entropies[factor]);
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}
