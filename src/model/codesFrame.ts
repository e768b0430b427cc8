/** Two latents by their numbers. */
export type LatentPair = readonly [number, number];

/** Codes of many images at one step, by two of their latents, beside the same ones with one latent shuffled. */
export interface CodesFrame {
  readonly step: number;
  readonly pair: LatentPair;
  /** A sample of q(z_i, z_j), [count, 2]. */
  readonly joint: Float32Array<ArrayBuffer>;
  /** The same numbers, those of the second latent shuffled: a sample of q(z_i) q(z_j), [count, 2]. */
  readonly product: Float32Array<ArrayBuffer>;
  /**
   * Whose opinions these are: a beta-VAE has no discriminator, so a Gaussian with the codes' correlation has one.
   */
  readonly judge: 'discriminator' | 'gaussian';
  /**
   * Of each code of either, in nats: the more above 0, the more it looks as if the two latents belonged together.
   */
  readonly jointOpinions: Float32Array<ArrayBuffer>;
  readonly productOpinions: Float32Array<ArrayBuffer>;
  /** Mean opinion of the codes as they are less that of the shuffled ones, in nats: 0 for whom they look alike. */
  readonly gap: number;
  /**
   * How often the judge thinks more of a code than of the same one shuffled, from 0 to 1: one half is guessing.
   */
  readonly right: number;
}
