/** What a model is good for, beside training: its family says it, and who shows or measures it asks. */
export interface Abilities {
  /** Images to codes: what measures and everything about factors go by. */
  readonly encode: boolean;
  /** Images through their codes back to images. */
  readonly reconstruct: boolean;
  /** Codes to images, so that one may go through the values of a latent. */
  readonly traverse: boolean;
  /** How far a latent goes along its row of pictures, either way. */
  readonly reach: number;
  /**
   * Images of random codes that are to look like the data set's, and what is given behind each code: so many
   * numbers for one choice of several, then so many of noise. Null of a VAE, which is not trained for it.
   */
  readonly generate: { readonly categories: number; readonly noise: number } | null;
  /** Codes to a discriminator's opinion of them. */
  readonly discriminate: boolean;
}
