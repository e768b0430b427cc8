import { combinationCount } from '../data/factors.ts';
import { AppError } from '../errors.ts';
import type { CodeSource } from './codeSource.ts';

/** The codes of a whole factor grid, as a source: looking one up takes no image. */
export class CodeTable implements CodeSource {
  readonly factorSizes: readonly number[];
  readonly latents: number;
  readonly #codes: Float32Array;

  /**
   * @param codes posterior means, [combinations, latents], in row-major order of the grid (last factor fastest)
   * @throws AppError CodeTableError where the codes do not fill the grid.
   */
  constructor(codes: Float32Array, factorSizes: readonly number[]) {
    const latents = codes.length / combinationCount(factorSizes);
    if (!Number.isInteger(latents) || latents < 1)
      throw new AppError('CodeTableError', { count: codes.length, grid: factorSizes.join(' x ') });
    this.factorSizes = factorSizes;
    this.latents = latents;
    this.#codes = codes;
  }

  async means(factors: Int32Array): Promise<Float32Array> {
    const { latents, factorSizes } = this;
    const count = factors.length / factorSizes.length;
    const out = new Float32Array(count * latents);
    for (let row = 0; row < count; row++) {
      let index = 0;
      for (let f = 0; f < factorSizes.length; f++)
        index = index * factorSizes[f] + factors[row * factorSizes.length + f];
      out.set(this.#codes.subarray(index * latents, (index + 1) * latents), row * latents);
    }
    return out;
  }
}
