/**
 * Where codes come from: a live encoder that draws the images and encodes them, or a table of a whole grid. Measures
 * that choose their images themselves ask it for the images they want.
 */
export interface CodeSource {
  /** Values of each factor. */
  readonly factorSizes: readonly number[];
  /** Numbers in one code. */
  readonly latents: number;
  /**
   * Posterior means of the images whose factors are given, one row of indices an image, [count, factors].
   * Resolves with [count, latents].
   */
  means(factors: Int32Array): Promise<Float32Array>;
}
