import type { LiveSettings, RunConfig } from '../../config/schema.ts';
import type { ImageSettings } from '../../data/datasets.ts';
import type { GeneratorInput } from '../../plan/operations.ts';

/**
 * What may change while it trains: the weight of the gradient penalty in the critic's loss, that of the
 * information in both players' losses, and their learning rates.
 */
export type InfoWganGpLive = Readonly<
  Pick<LiveSettings, 'penaltyWeight' | 'informationWeight' | 'generatorLearningRate' | 'criticLearningRate'>
>;

/** What InfoWGAN-GP needs to know of a run. */
export interface InfoWganGpConfig extends InfoWganGpLive {
  /** Its data set with all that belongs to it. */
  readonly images: ImageSettings;
  readonly seed: number;
  /** Channels of the critic's convolutions; the generator mirrors them. */
  readonly convWidths: readonly number[];
  readonly denseWidth: number;
  readonly batchSize: number;
  readonly input: GeneratorInput;
  /** Critic steps in an iteration, before its one generator step. */
  readonly criticSteps: number;
  readonly generatorAdamBetas: readonly [number, number];
  readonly criticAdamBetas: readonly [number, number];
}

/** What a run of InfoWGAN-GP says of itself. */
export function infoWganGpConfig(config: RunConfig): InfoWganGpConfig {
  const { latents, categories, noiseInputs } = config;
  return { ...config, images: config, input: { codes: latents, categories, noise: noiseInputs } };
}
