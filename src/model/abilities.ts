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
  /** Codes to a discriminator's opinion of them. */
  readonly discriminate: boolean;
}
