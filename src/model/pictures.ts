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
  /** Images of the data set. */
  readonly inputs: readonly Picture[];
  /** Those of the inputs, by the mean of their codes; null of a model that cannot. */
  readonly reconstructions: readonly Picture[] | null;
  /** Those of random codes, as many as inputs: the same ones throughout a run; null of a model that has none. */
  readonly generated: readonly Picture[] | null;
  /** The image of the data set that a person chose, by whole-number factors. */
  readonly base: { readonly picture: Picture; readonly factors: readonly number[] };
  /** Null of a model that cannot. */
  readonly traversal: Traversal | null;
}

/** One row of pictures a latent, in the latents' own order. */
export interface Traversal {
  /** Where all start from: the base image's, or 0 where the model does not encode images. */
  readonly code: Float32Array<ArrayBuffer>;
  /** The values a latent takes along its row, from one end of the model's reach to the other. */
  readonly values: readonly number[];
  readonly rows: readonly (readonly Picture[])[];
}

export interface FactorsEncoded {
  readonly step: number;
  readonly image: Picture;
  /** Posterior mean and log variance, one number a latent; null where a code is a mean alone. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly logVariance: Float32Array<ArrayBuffer> | null;
  /** Null of a model that cannot. */
  readonly reconstruction: Picture | null;
}

/** What the code does as one factor runs through its values and the others stay at those of the base image. */
export interface FactorTrace {
  readonly step: number;
  /** Index of the factor, and the base image's own value of it. */
  readonly factor: number;
  readonly base: number;
  /** Posterior means and log variances, [values, latents]; null where a code is a mean alone. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly logVariance: Float32Array<ArrayBuffer> | null;
}
