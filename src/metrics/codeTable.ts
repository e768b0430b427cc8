import { combinationCount } from '../data/factors.ts';
import { AppError } from '../errors.ts';
import type { CodeSource } from './codeSource.ts';
import { gridRange, labelledRange } from './imageRange.ts';

/** The codes of all images of a range, as a source: looking one up takes no image. */
export class CodeTable implements CodeSource {
  readonly factorSizes: readonly number[];
  readonly choices: readonly number[];
  readonly labels: Uint16Array | null;
  readonly latents: number;
  readonly #codes: Float32Array;

  /**
   * @param codes posterior means, [combinations, latents], in row-major order of the grid (last factor fastest),
   * or of the images that a range of labels has
   * @throws AppError CodeTableError where the codes do not fill the grid.
   */
  constructor(codes: Float32Array, factorSizes: readonly number[], labels: Uint16Array | null = null) {
    const range = labels ? labelledRange(labels, factorSizes) : gridRange(factorSizes);
    const latents = codes.length / combinationCount(range.choices);
    if (!Number.isInteger(latents) || latents < 1)
      throw new AppError('CodeTableError', { count: codes.length, grid: factorSizes.join(' x ') });
    this.factorSizes = factorSizes;
    this.choices = range.choices;
    this.labels = labels;
    this.latents = latents;
    this.#codes = codes;
  }

  async means(rows: Int32Array): Promise<Float32Array> {
    const { latents, choices } = this;
    const width = choices.length;
    const count = rows.length / width;
    const out = new Float32Array(count * latents);
    for (let row = 0; row < count; row++) {
      let index = 0;
      for (let at = 0; at < width; at++) index = index * choices[at] + rows[row * width + at];
      out.set(this.#codes.subarray(index * latents, (index + 1) * latents), row * latents);
    }
    return out;
  }
}
