import { combinationCount, factorsAt } from '../data/factors.ts';
import { streams } from '../data/random/philox.ts';
import { AppError } from '../errors.ts';
import type { CodeSource } from './codeSource.ts';
import { drawFactorRows } from './draws.ts';
import { factorsOfRows } from './imageRange.ts';
import type { Work } from './work.ts';

/** Images' codes beside the factors that made them: what most measures compare. */
export interface CodeSample {
  readonly count: number;
  readonly latents: number;
  /** Values of each factor. */
  readonly factorSizes: readonly number[];
  /** Posterior means, [count, latents]. */
  readonly codes: Float32Array;
  /** Indices of factor values, [count, factors]. */
  readonly factors: Int32Array;
}

/** Images asked of a source at once. */
const chunk = 256;

/**
 * The codes of a sample: of the whole grid, each combination once, where it has at most `limit` combinations, else
 * of `limit` images drawn independently and uniformly from it.
 * @throws AppError CodesNotFiniteError
 */
export async function collectCodes(
  source: CodeSource,
  limit: number,
  seed: number,
  work: Work,
): Promise<CodeSample> {
  const { factorSizes, choices, latents } = source;
  const rows =
    combinationCount(choices) <= limit
      ? gridRows(choices)
      : drawFactorRows(seed, streams.metricSample, 0, limit, choices);
  const width = choices.length;
  const count = rows.length / width;
  const codes = new Float32Array(count * latents);
  for (let from = 0; from < count; from += chunk) {
    await work.at(from / count);
    codes.set(await source.means(rows.subarray(from * width, (from + chunk) * width)), from * latents);
  }
  requireFinite(codes);
  return { count, latents, factorSizes, codes, factors: factorsOfRows(source, rows) };
}

/** Every combination of the grid, in row-major order, [combinations, factors]. */
export function gridRows(factorSizes: readonly number[]): Int32Array {
  const count = combinationCount(factorSizes);
  const rows = new Int32Array(count * factorSizes.length);
  for (let i = 0; i < count; i++) rows.set(factorsAt(i, factorSizes), i * factorSizes.length);
  return rows;
}

/** @throws AppError CodesNotFiniteError: a measure of such codes would be a number without a meaning. */
export function requireFinite(codes: Float32Array): void {
  if (!codes.every(Number.isFinite)) throw new AppError('CodesNotFiniteError');
}

/**
 * The factors that have more than one value. The others cannot be told from a code and take no part in any score.
 * @throws AppError NoVaryingFactorError where there is none.
 */
export function varyingFactors(factorSizes: readonly number[]): number[] {
  const varying = factorSizes.flatMap((size, factor) => (size > 1 ? [factor] : []));
  if (varying.length === 0) throw new AppError('NoVaryingFactorError');
  return varying;
}

/** One latent's numbers, [count]. */
export function latentColumn({ codes, count, latents }: CodeSample, latent: number): Float32Array {
  return Float32Array.from({ length: count }, (_, row) => codes[row * latents + latent]);
}

/** One factor's values, [count]. */
export function factorColumn({ factors, count, factorSizes }: CodeSample, factor: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => factors[row * factorSizes.length + factor]);
}
