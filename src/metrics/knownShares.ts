import { streams } from '../data/random/philox.ts';
import { factorColumn, latentColumn, requireFinite } from './codeSample.ts';
import type { PosteriorSource } from './codeSource.ts';
import { continuousInformation } from './continuousInformation.ts';
import { drawFactorRows } from './draws.ts';
import { factorsOfRows } from './imageRange.ts';
import { samplePosteriors } from './minibatchTotalCorrelation.ts';
import { factorEntropies } from './mutualInformation.ts';
import { posteriorsOf } from './posteriorTable.ts';
import type { Work } from './work.ts';

/** Few enough to be encoded every few seconds; shares are within a few hundredths. */
export const knownSharesImages = 2048;

/**
 * What each latent knows of each factor, as a share of the factor's entropy, from 0 to 1, [latents][factors]: of
 * codes drawn from the posteriors, as the decoder gets them, so a latent that is not used knows nothing. 0 of a
 * factor that does not vary.
 * @throws AppError CodesNotFiniteError
 */
export async function knownShares(
  source: PosteriorSource,
  { seed, images }: { readonly seed: number; readonly images: number },
  work: Work,
): Promise<number[][]> {
  const { factorSizes, choices, latents } = source;
  const rows = drawFactorRows(seed, streams.metricSample, 0, images, choices);
  const factors = factorsOfRows(source, rows);
  const { mean, logVariance } = await posteriorsOf(source, rows, work.part(0, 0.5));
  const codes = samplePosteriors(mean, logVariance, seed);
  requireFinite(codes);
  const sample = { count: images, latents, factorSizes, codes, factors };
  const entropies = factorEntropies(sample);
  const columns = factorSizes.map((_, factor) => factorColumn(sample, factor));
  const shares: number[][] = [];
  for (let latent = 0; latent < latents; latent++) {
    const values = latentColumn(sample, latent);
    const row: number[] = [];
    for (const [factor, size] of factorSizes.entries()) {
      await work.part(0.5, 1).at((latent + factor / factorSizes.length) / latents);
      const entropy = entropies[factor];
      row.push(entropy > 0 ? Math.min(1, continuousInformation(values, columns[factor], size) / entropy) : 0);
    }
    shares.push(row);
  }
  return shares;
}
