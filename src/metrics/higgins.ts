import { type Stream, streams } from '../data/random/philox.ts';
import { varyingFactors } from './codeSample.ts';
import { type CodeSource, meansOfEach, setsAtOnce } from './codeSource.ts';
import { drawSharedFactor } from './draws.ts';
import { fitLogisticRegression } from './logisticRegression.ts';
import type { Work } from './work.ts';

export interface HigginsOptions {
  readonly seed: number;
  /** Pairs of images whose differences are averaged to one feature vector: L of the paper. */
  readonly pairs: number;
  /** Feature vectors that the classifier is fitted to, and as many again, fresh ones, that it is tried on. */
  readonly votes: number;
}

/** L as in Kim & Mnih 2018; as many feature vectors as the FactorVAE metric has votes: 640 000 images in all. */
export const higginsDefaults = { pairs: 200, votes: 800 } as const;

export interface HigginsScore {
  readonly fitted: number;
  /** The accuracy on fresh feature vectors. */
  readonly heldOut: number;
}

/**
 * The beta-VAE metric of Higgins et al.: pairs of images share the value of one random factor; the mean over the
 * pairs of |code 1 - code 2| is a feature vector, from which a linear classifier tells the factor. 1 at best,
 * 1 / (varying factors) by chance. It is easily satisfied: rotated codes, and codes that miss one of the factors,
 * reach 1 too, which is why Kim & Mnih 2018 (section 4) propose another.
 * Source: Higgins et al. 2017 (ICLR), section 3; disentanglement_lib, beta_vae.py.
 */
export async function higginsMetric(
  source: CodeSource,
  options: HigginsOptions,
  work: Work,
): Promise<HigginsScore> {
  const { latents, factorSizes } = source;
  const { votes } = options;
  const fitted = await collectDifferences(source, streams.metricPairs, options, work.part(0, 0.45));
  const heldOut = await collectDifferences(source, streams.metricHeldOutPairs, options, work.part(0.45, 0.9));
  const classify = await fitLogisticRegression(
    fitted.features,
    latents,
    fitted.labels,
    factorSizes.length,
    work.part(0.9, 1),
  );
  const accuracy = ({ features, labels }: Differences) =>
    classify(features).reduce((right, factor, i) => right + (factor === labels[i] ? 1 : 0), 0) / votes;
  return { fitted: accuracy(fitted), heldOut: accuracy(heldOut) };
}

interface Differences {
  /** [votes, latents] */
  readonly features: Float32Array;
  /** The factor that the pairs of each vote shared, [votes]. */
  readonly labels: Int32Array;
}

async function collectDifferences(
  source: CodeSource,
  stream: Stream,
  { seed, pairs, votes }: HigginsOptions,
  work: Work,
): Promise<Differences> {
  const { latents, factorSizes } = source;
  const plan = { count: 2 * pairs, group: 2, among: varyingFactors(factorSizes), range: source };
  const features = new Float32Array(votes * latents);
  const labels = new Int32Array(votes);
  const together = setsAtOnce(plan.count);
  for (let first = 0; first < votes; first += together) {
    await work.at(first / votes);
    const draws = Array.from({ length: Math.min(together, votes - first) }, (_, i) =>
      drawSharedFactor(seed, stream, first + i, plan),
    );
    const codes = await meansOfEach(
      source,
      draws.map(({ rows }) => rows),
    );
    draws.forEach(({ factor }, i) => {
      features.set(meanDifferences(codes[i], latents), (first + i) * latents);
      labels[first + i] = factor;
    });
  }
  return { features, labels };
}

/** Mean over pairs of consecutive codes of |code 1 - code 2|, [latents]. */
function meanDifferences(codes: Float32Array, latents: number): Float64Array {
  const sums = new Float64Array(latents);
  const pairs = codes.length / (2 * latents);
  for (let at = 0; at < codes.length; at += 2 * latents)
    for (let latent = 0; latent < latents; latent++)
      sums[latent] += Math.abs(codes[at + latent] - codes[at + latents + latent]) / pairs;
  return sums;
}
