import { type CodeSample, factorColumn, latentColumn, varyingFactors } from './codeSample.ts';
import { topTwoGap } from './topTwoGap.ts';

/** A latent of less variance than this says nothing about any factor. */
const leastVariance = 1e-12;

/**
 * Separated attribute predictability, factors taken as continuous: the squared correlation of every latent with a
 * factor, the best less the second best, averaged over the factors that vary. 1: each factor is linear in one latent
 * and uncorrelated with the others; near 0 by chance. A latent that codes a factor well but not in order (a periodic
 * angle, a category) scores low.
 * Source: Kumar et al. 2018 (arXiv 1711.00848), section 3; disentanglement_lib, sap_score.py, continuous_factors.
 */
export function sapContinuous(sample: CodeSample): number {
  const latents = Array.from({ length: sample.latents }, (_, latent) => latentColumn(sample, latent));
  const gaps = varyingFactors(sample.factorSizes).map((factor) => {
    const values = factorColumn(sample, factor);
    return topTwoGap(latents.map((codes) => squaredCorrelation(codes, values)));
  });
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

function squaredCorrelation(codes: Float32Array, factor: Int32Array): number {
  const count = codes.length;
  const codeMean = meanOf(codes);
  const factorMean = meanOf(factor);
  let [codeSquares, factorSquares, products] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const a = codes[i] - codeMean;
    const b = factor[i] - factorMean;
    codeSquares += a * a;
    factorSquares += b * b;
    products += a * b;
  }
  if (codeSquares / (count - 1) <= leastVariance) return 0;
  return products ** 2 / (codeSquares * factorSquares);
}

function meanOf(values: Float32Array | Int32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
