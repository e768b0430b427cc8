import { penaltiesAt } from '../../config/schedule.ts';
import { liveSettingsOf, type RunConfig } from '../../config/schema.ts';
import type { Abilities } from '../../model/abilities.ts';
import type { RunModel } from '../family.ts';
import { vaeColumns } from './columns.ts';
import { writePlan } from './writePlan.ts';

/** Every VAE has an encoder and a decoder; beta-VAE trains no discriminator. */
export function vaeCan({ objective }: RunConfig): Abilities {
  return {
    encode: true,
    reconstruct: true,
    traverse: true,
    reach: 3,
    generate: null,
    discriminate: objective === 'factorVae',
  };
}

/** A run of FactorVAE or beta-VAE, as engines train it. */
export function vaeModel(config: RunConfig): RunModel {
  const plan = writePlan(config);
  return {
    config,
    seed: config.seed,
    live: liveSettingsOf(config),
    layers: plan.layers,
    columns: vaeColumns(config),
    can: vaeCan(config),
    plan,
    valuesAt(live, step) {
      const { gamma, beta } = penaltiesAt(config, live, step);
      return {
        gamma: config.objective === 'factorVae' ? gamma : 0,
        beta,
        vaeLearningRate: live.learningRate,
        discriminatorLearningRate: live.discriminatorLearningRate,
      };
    },
  };
}
