/** What is drawn of a model, as plain bytes and numbers: a canvas, a file and a message take it as it is. */

/** A picture as RGBA bytes, ready for ImageData. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Everything drawn from the model at one step, all of the same state. */
export interface PictureSet {
  readonly step: number;
  /** Images of the data set and their reconstructions (of the posterior mean), pairwise. */
  readonly inputs: readonly Picture[];
  readonly reconstructions: readonly Picture[];
  /** The image the traversals start from, its code, and one row of pictures a latent, in the latents' own order. */
  readonly traversal: {
    readonly base: Picture;
    /** Whole-number factors of the base image. */
    readonly factors: readonly number[];
    readonly code: Float32Array<ArrayBuffer>;
    /** The values a latent takes along its row, in standard deviations of the prior, -3 to 3. */
    readonly values: readonly number[];
    readonly rows: readonly (readonly Picture[])[];
  };
}

export interface FactorsEncoded {
  readonly step: number;
  readonly image: Picture;
  /** Posterior mean and log variance, one number a latent. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly logVariance: Float32Array<ArrayBuffer>;
  readonly reconstruction: Picture;
}

/** What the code does as one factor runs through its values and the others stay at those of the base image. */
export interface FactorTrace {
  readonly step: number;
  /** Index of the factor, and the base image's own value of it. */
  readonly factor: number;
  readonly base: number;
  /** Posterior means and log variances, [values, latents]. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly logVariance: Float32Array<ArrayBuffer>;
}
