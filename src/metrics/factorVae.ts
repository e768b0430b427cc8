import { type Stream, streams } from '../data/random/philox.ts';
import { varyingFactors } from './codeSample.ts';
import { type CodeSource, meansOfEach, setsAtOnce } from './codeSource.ts';
import { columnDeviations } from './covariance.ts';
import { drawSharedFactor } from './draws.ts';
import type { Work } from './work.ts';

export interface FactorVaeOptions {
  readonly seed: number;
  /** Images of one vote: L of the paper. */
  readonly imagesPerVote: number;
  /** Votes that the classifier is fitted to, and as many again, fresh ones, that it is tried on. */
  readonly votes: number;
  /** How many times the whole is done, with fresh votes; the scores are the means. */
  readonly repeats: number;
}

/** The paper's numbers: 160 000 images in all. */
export const factorVaeDefaults = { imagesPerVote: 100, votes: 800, repeats: 1 } as const;

/** What the codes look like over the whole data, from a large sample (10 000 images in the paper). */
export interface LatentScale {
  /** Standard deviation of each latent's mean. */
  readonly deviations: Float64Array;
  /** Which latents may win a vote: those that have not collapsed (see activeLatents.ts). */
  readonly active: readonly boolean[];
}

export interface FactorVaeScore {
  /** Accuracy on the votes that the classifier was fitted to: the paper's score. */
  readonly fitted: number;
  /** Accuracy on fresh votes. */
  readonly heldOut: number;
  /** Fitted votes, [factors][latents]: how often a latent varied least while a factor was fixed. */
  readonly votes: readonly (readonly number[])[];
}

/**
 * The FactorVAE metric. A vote fixes a random factor at a random value, draws images that vary in all else, and goes
 * to the latent whose variance, relative to its variance over all data, is least; a majority-vote classifier then
 * tells the factor from the latent, and its accuracy is the score. 1: each factor alone decides some latent; by chance
 * 1 / K, K the factors that vary. One factor of K that is not coded leaves (K - 1) / K, unless an active latent of
 * pure noise wins that factor's votes; a factor's being split over several latents goes unseen. If every latent has
 * collapsed the score is 0, as in disentanglement_lib.
 * Source: Kim & Mnih 2018 (arXiv 1802.05983), section 4; disentanglement_lib, factor_vae.py.
 */
export async function factorVaeMetric(
  source: CodeSource,
  scale: LatentScale,
  options: FactorVaeOptions,
  work: Work,
): Promise<FactorVaeScore> {
  const candidates = scale.active.flatMap((active, latent) =>
    active && scale.deviations[latent] > 0 ? [latent] : [],
  );
  if (candidates.length === 0)
    return { fitted: 0, heldOut: 0, votes: source.factorSizes.map(() => new Array(source.latents).fill(0)) };

  const total = source.factorSizes.map(() => new Array<number>(source.latents).fill(0));
  let [fitted, heldOut] = [0, 0];
  for (let repeat = 0; repeat < options.repeats; repeat++) {
    const part = work.part(repeat / options.repeats, (repeat + 1) / options.repeats);
    const collect = (stream: Stream, half: Work) =>
      collectVotes(source, candidates, scale.deviations, { ...options, stream, repeat }, half);
    const fittedVotes = await collect(streams.metricVotes, part.part(0, 0.5));
    const heldOutVotes = await collect(streams.metricHeldOutVotes, part.part(0.5, 1));
    const factorOf = total[0].map((_, latent) => indexOfGreatest(fittedVotes.map((row) => row[latent])));
    const accuracy = (votes: number[][]) =>
      factorOf.reduce((sum, factor, latent) => sum + votes[factor][latent], 0) / options.votes;
    fitted += accuracy(fittedVotes) / options.repeats;
    heldOut += accuracy(heldOutVotes) / options.repeats;
    fittedVotes.forEach((row, factor) => {
      row.forEach((count, latent) => {
        total[factor][latent] += count;
      });
    });
  }
  return { fitted, heldOut, votes: total };
}

interface VotePlan extends FactorVaeOptions {
  readonly stream: Stream;
  readonly repeat: number;
}

async function collectVotes(
  source: CodeSource,
  candidates: readonly number[],
  deviations: Float64Array,
  { seed, imagesPerVote, votes, stream, repeat }: VotePlan,
  work: Work,
): Promise<number[][]> {
  const { factorSizes, latents } = source;
  const plan = {
    count: imagesPerVote,
    group: imagesPerVote,
    among: varyingFactors(factorSizes),
    range: source,
  };
  const counts = factorSizes.map(() => new Array<number>(latents).fill(0));
  const together = setsAtOnce(imagesPerVote);
  for (let first = 0; first < votes; first += together) {
    await work.at(first / votes);
    const draws = Array.from({ length: Math.min(together, votes - first) }, (_, i) =>
      drawSharedFactor(seed, stream, repeat * votes + first + i, plan),
    );
    const codes = await meansOfEach(
      source,
      draws.map(({ rows }) => rows),
    );
    draws.forEach(({ factor }, i) => {
      const spread = columnDeviations(codes[i], latents);
      const relative = candidates.map((latent) => -spread[latent] / deviations[latent]);
      counts[factor][candidates[indexOfGreatest(relative)]]++;
    });
  }
  return counts;
}

function indexOfGreatest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
}
