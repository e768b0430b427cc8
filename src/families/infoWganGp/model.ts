import type { Abilities } from '../../model/abilities.ts';
import type { Model } from '../../plan/model.ts';
import { infoWganGpColumns } from './columns.ts';
import type { InfoWganGpConfig, InfoWganGpLive } from './config.ts';
import { writePlan } from './writePlan.ts';

/**
 * Q encodes, and the generator makes images of codes. But it cannot make an image again: Q does not tell the noise
 * that an image was made with.
 */
export const infoWganGpCan: Abilities = {
  encode: true,
  reconstruct: false,
  traverse: true,
  // Codes are uniform from -1 to 1.
  reach: 1,
  discriminate: false,
};

export type InfoWganGpModel = Model<InfoWganGpConfig, InfoWganGpLive>;

/**
 * A run of InfoWGAN-GP, as engines train it: a step is an iteration, its critic steps and then its generator step.
 */
export function infoWganGpModel(config: InfoWganGpConfig): InfoWganGpModel {
  const plan = writePlan(config);
  const { penaltyWeight, informationWeight, generatorLearningRate, criticLearningRate } = config;
  return {
    config,
    seed: config.seed,
    live: { penaltyWeight, informationWeight, generatorLearningRate, criticLearningRate },
    layers: plan.layers,
    columns: infoWganGpColumns(config),
    can: infoWganGpCan,
    plan,
    valuesAt: (live) => ({ ...live }),
  };
}
