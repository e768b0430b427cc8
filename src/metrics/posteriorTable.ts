import { gridRows } from './codeSample.ts';
import type { PosteriorSource, Posteriors } from './codeSource.ts';
import { CodeTable } from './codeTable.ts';
import type { ImageRange } from './imageRange.ts';
import type { Work } from './work.ts';

/** Images asked of a source at once. */
const chunk = 1024;

/** The posteriors of all images of a range: each image is encoded once, and looked up ever after. */
export class PosteriorTable implements PosteriorSource {
  readonly factorSizes: readonly number[];
  readonly choices: readonly number[];
  readonly labels: Uint16Array | null;
  readonly latents: number;
  readonly #mean: CodeTable;
  readonly #logVariance: CodeTable | null;

  /** Both [images, latents], in the order of the range. */
  constructor({ mean, logVariance }: Posteriors, { factorSizes, choices, labels }: ImageRange) {
    this.#mean = new CodeTable(mean, factorSizes, labels);
    this.#logVariance = logVariance && new CodeTable(logVariance, factorSizes, labels);
    this.factorSizes = factorSizes;
    this.choices = choices;
    this.labels = labels;
    this.latents = this.#mean.latents;
  }

  means(rows: Int32Array): Promise<Float32Array> {
    return this.#mean.means(rows);
  }

  async posteriors(rows: Int32Array): Promise<Posteriors> {
    const mean = await this.#mean.means(rows);
    return { mean, logVariance: (await this.#logVariance?.means(rows)) ?? null };
  }
}

/** The posteriors of the images that rows name, [count, choices], asked of a source a chunk at a time. */
export async function posteriorsOf(
  source: PosteriorSource,
  rows: Int32Array,
  work: Work,
): Promise<Posteriors> {
  const { choices, latents } = source;
  const width = choices.length;
  const count = rows.length / width;
  const mean = new Float32Array(count * latents);
  let logVariance: Float32Array | null = null;
  for (let from = 0; from < count; from += chunk) {
    await work.at(from / count);
    const part = await source.posteriors(rows.subarray(from * width, (from + chunk) * width));
    mean.set(part.mean, from * latents);
    if (!part.logVariance) continue;
    logVariance ??= new Float32Array(count * latents);
    logVariance.set(part.logVariance, from * latents);
  }
  return { mean, logVariance };
}

/** Asks a source for every image that it has. */
export async function tabulate(source: PosteriorSource, work: Work): Promise<PosteriorTable> {
  return new PosteriorTable(await posteriorsOf(source, gridRows(source.choices), work), source);
}
