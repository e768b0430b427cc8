import type { RunConfig } from '../../config/schema.ts';

/** Everything random in one step of FactorVAE: the slots that writePlan.ts draws. */
export type StepInputs = {
  /** Two independent batches, [batch, height, width, channels], in [0, 1]. */
  readonly batch1: Float32Array;
  readonly batch2: Float32Array;
  /** Standard normals of the two reparameterisations, [batch, latents]. */
  readonly noise1: Float32Array;
  readonly noise2: Float32Array;
  /** [latents, batch]: column j of the permuted code is z2[permutation[j], j] (Algorithm 1). */
  readonly permutation: Int32Array;
};

/** Whether a step needs its second batch: beta-VAE has no discriminator to show it to. */
export function usesSecondBatch({ objective, permutedBatch }: RunConfig): boolean {
  return objective === 'factorVae' && permutedBatch === 'second';
}
