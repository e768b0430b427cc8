import { gridRows } from './codeSample.ts';
import type { PosteriorSource, Posteriors } from './codeSource.ts';
import { CodeTable } from './codeTable.ts';
import type { Work } from './work.ts';

/** Images asked of a source at once. */
const chunk = 1024;

/** The posteriors of a whole factor grid: each image is encoded once, and looked up ever after. */
export class PosteriorTable implements PosteriorSource {
  readonly factorSizes: readonly number[];
  readonly latents: number;
  readonly #mean: CodeTable;
  readonly #logVariance: CodeTable | null;

  /** Both [combinations, latents], in row-major order of the grid. */
  constructor({ mean, logVariance }: Posteriors, factorSizes: readonly number[]) {
    this.#mean = new CodeTable(mean, factorSizes);
    this.#logVariance = logVariance && new CodeTable(logVariance, factorSizes);
    this.factorSizes = factorSizes;
    this.latents = this.#mean.latents;
  }

  means(factors: Int32Array): Promise<Float32Array> {
    return this.#mean.means(factors);
  }

  async posteriors(factors: Int32Array): Promise<Posteriors> {
    const mean = await this.#mean.means(factors);
    return { mean, logVariance: (await this.#logVariance?.means(factors)) ?? null };
  }
}

/** The posteriors of images by their factors, [count, factors], asked of a source a chunk at a time. */
export async function posteriorsOf(
  source: PosteriorSource,
  factors: Int32Array,
  work: Work,
): Promise<Posteriors> {
  const { factorSizes, latents } = source;
  const width = factorSizes.length;
  const count = factors.length / width;
  const mean = new Float32Array(count * latents);
  let logVariance: Float32Array | null = null;
  for (let from = 0; from < count; from += chunk) {
    await work.at(from / count);
    const part = await source.posteriors(factors.subarray(from * width, (from + chunk) * width));
    mean.set(part.mean, from * latents);
    if (!part.logVariance) continue;
    logVariance ??= new Float32Array(count * latents);
    logVariance.set(part.logVariance, from * latents);
  }
  return { mean, logVariance };
}

/** Asks a source for every image of its grid. */
export async function tabulate(source: PosteriorSource, work: Work): Promise<PosteriorTable> {
  const { factorSizes } = source;
  return new PosteriorTable(await posteriorsOf(source, gridRows(factorSizes), work), factorSizes);
}
