import type { ImageSettings } from '../../data/datasets.ts';
import type { GeneratorInput } from '../../plan/operations.ts';

/** What may change while it trains. */
export interface InfoWganGpLive {
  /** Weight of the gradient penalty in the critic's loss. */
  readonly penaltyWeight: number;
  /** Weight of the information, in both players' losses. */
  readonly informationWeight: number;
  readonly generatorLearningRate: number;
  readonly criticLearningRate: number;
}

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
