import { streams } from '../data/random/philox.ts';
import { normals } from '../data/random/random.ts';
import type { Work } from './work.ts';

/** Posteriors of a sample of images, and one draw from each; all [count, latents]. */
export interface PosteriorSample {
  readonly latents: number;
  readonly mean: Float32Array;
  readonly logVariance: Float32Array;
  readonly sample: Float32Array;
}

export interface MinibatchTotalCorrelation {
  /** Every posterior of the sample weighs the same, its own included: too high, by ln(N / count) at most. */
  readonly weighted: number;
  /** The own posterior weighs 1 / N, as it does in q(z) of a data set of N images: the better number. */
  readonly stratified: number;
}

/**
 * Draws z = mean + exp(logVariance / 2) * noise for each image, [count, latents]; the mean where a code is nothing
 * else.
 */
export function samplePosteriors(
  mean: Float32Array,
  logVariance: Float32Array | null,
  seed: number,
): Float32Array {
  if (!logVariance) return mean;
  const noise = normals(seed, streams.metricNoise, 0, mean.length);
  return noise.map((value, i) => mean[i] + Math.exp(0.5 * logVariance[i]) * value);
}

/**
 * Total correlation of q(z) in nats: mean over the sample of ln q(z) - sum_j ln q(z_j), each density a mixture of the
 * posteriors of the whole sample (count squared * latents densities are computed). 0 for independent latents. Many
 * latents in narrow posteriors make it rough: few of the sample's posteriors then reach a given z.
 * Source: Chen et al. 2018 (arXiv 1802.04942), section 3.1 and appendix C: minibatch-weighted and stratified sampling.
 * The paper's weights of minibatch-weighted sampling, 1 / (N count), leave the gradient as it is but add
 * (latents - 1) ln N to the value; here they are 1 / count, so that the value can be read.
 *
 * @param datasetSize N, the images that q(z) is the average over
 */
export async function minibatchTotalCorrelation(
  { latents, mean, logVariance, sample }: PosteriorSample,
  datasetSize: number,
  work: Work,
): Promise<MinibatchTotalCorrelation> {
  const count = mean.length / latents;
  const precision = logVariance.map((value) => Math.exp(-value));
  const marginal = new Float64Array(count);
  const joint = new Float64Array(count);
  const otherWeight = (1 - 1 / datasetSize) / (count - 1);
  let [weighted, stratified] = [0, 0];
  for (let i = 0; i < count; i++) {
    await work.at(i / count);
    joint.fill(0);
    const add = (densities: Float64Array, sign: number) => {
      weighted += (sign * logMixture(densities, i, 1 / count, 1 / count)) / count;
      stratified += (sign * logMixture(densities, i, 1 / datasetSize, otherWeight)) / count;
    };
    for (let latent = 0; latent < latents; latent++) {
      const z = sample[i * latents + latent];
      for (let j = 0; j < count; j++) {
        const at = j * latents + latent;
        // Without ln(2 pi) / 2 a latent, which cancels between the joint and the marginals.
        marginal[j] = -0.5 * (logVariance[at] + (z - mean[at]) ** 2 * precision[at]);
        joint[j] += marginal[j];
      }
      add(marginal, -1);
    }
    add(joint, 1);
  }
  return { weighted, stratified };
}

/** ln of the weighted sum of exp(densities), the weight of `own` apart from all the others'. */
function logMixture(densities: Float64Array, own: number, ownWeight: number, otherWeight: number): number {
  let greatest = Number.NEGATIVE_INFINITY;
  for (const density of densities) greatest = Math.max(greatest, density);
  let sum = 0;
  for (const density of densities) sum += Math.exp(density - greatest);
  const ownShare = Math.exp(densities[own] - greatest);
  return greatest + Math.log(otherWeight * (sum - ownShare) + ownWeight * ownShare);
}
