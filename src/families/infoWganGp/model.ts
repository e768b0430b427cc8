import type { Abilities } from '../../model/abilities.ts';
import type { Model } from '../../plan/model.ts';
import { infoWganGpColumns } from './columns.ts';
import type { InfoWganGpConfig, InfoWganGpLive } from './config.ts';
import { writePlan } from './writePlan.ts';

/**
 * Q encodes, and the generator makes images of codes. But it cannot make an image again: Q does not tell the noise
 * that an image was made with.
 */
export function infoWganGpCan({ input: { categories, noise } }: Pick<InfoWganGpConfig, 'input'>): Abilities {
  return {
    encode: true,
    reconstruct: false,
    traverse: true,
    // Codes are uniform from -1 to 1.
    reach: 1,
    generate: { categories, noise },
    discriminate: false,
  };
}

export type InfoWganGpModel = Model<InfoWganGpConfig, InfoWganGpLive>;

/**
 * A run of InfoWGAN-GP, as engines train it: a step is an iteration, its critic steps and then its generator step.
 */
export function infoWganGpModel(config: InfoWganGpConfig): InfoWganGpModel {
  const plan = writePlan(config);
  return {
    config,
    seed: config.seed,
    live: infoWganGpValues(config),
    layers: plan.layers,
    columns: infoWganGpColumns(config),
    can: infoWganGpCan(config),
    plan,
    valuesAt: infoWganGpValues,
  };
}

/** The live values of a step: they are what the settings say, at every step. */
export function infoWganGpValues(live: InfoWganGpLive) {
  const { penaltyWeight, informationWeight, generatorLearningRate, criticLearningRate } = live;
  return { penaltyWeight, informationWeight, generatorLearningRate, criticLearningRate };
}
