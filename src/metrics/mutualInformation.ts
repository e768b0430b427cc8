import { type CodeSample, factorColumn, latentColumn } from './codeSample.ts';
import { histogramBins } from './histogram.ts';

/** Bins of a latent's histogram: what disentanglement_lib's study used. */
export const mutualInformationBins = 20;

/**
 * Mutual information of every latent, cut into a histogram of 20 equal bins, with every factor, in nats,
 * [latents][factors]: 0 for independence, the factor's entropy at most. A finite sample puts it above 0 for noise, by
 * about (bins - 1)(values - 1) / (2 count).
 * Source: disentanglement_lib, evaluation/metrics/utils.py, discrete_mutual_info; Chen et al. 2018, section 4.1.
 */
export function mutualInformation(sample: CodeSample): number[][] {
  const factors = sample.factorSizes.map((_, factor) => factorColumn(sample, factor));
  return Array.from({ length: sample.latents }, (_, latent) => {
    const bins = histogramBins(latentColumn(sample, latent), mutualInformationBins);
    return factors.map((values, factor) =>
      discreteMutualInformation(bins, mutualInformationBins, values, sample.factorSizes[factor]),
    );
  });
}

/** Entropy of every factor in the sample, in nats, [factors]. */
export function factorEntropies(sample: CodeSample): number[] {
  return sample.factorSizes.map((size, factor) => entropy(factorColumn(sample, factor), size));
}

/** Entropy in nats of a column of whole numbers, 0..size-1, by their counts. */
function entropy(values: Int32Array, size: number): number {
  const counts = new Float64Array(size);
  for (const value of values) counts[value]++;
  const count = values.length;
  return counts.reduce((sum, n) => (n > 0 ? sum + (n / count) * Math.log(count / n) : sum), 0);
}

/** Mutual information in nats of two columns of whole numbers, 0..aSize-1 and 0..bSize-1, by their counts. */
export function discreteMutualInformation(
  a: Int32Array,
  aSize: number,
  b: Int32Array,
  bSize: number,
): number {
  const count = a.length;
  const joint = new Float64Array(aSize * bSize);
  const countsA = new Float64Array(aSize);
  const countsB = new Float64Array(bSize);
  for (let i = 0; i < count; i++) {
    joint[a[i] * bSize + b[i]]++;
    countsA[a[i]]++;
    countsB[b[i]]++;
  }
  let sum = 0;
  for (let i = 0; i < aSize; i++)
    for (let j = 0; j < bSize; j++) {
      const both = joint[i * bSize + j];
      if (both > 0) sum += (both / count) * Math.log((both * count) / (countsA[i] * countsB[j]));
    }
  return Math.max(0, sum);
}
