import { penaltiesAt } from '../../config/schedule.ts';
import { type LiveSettings, liveSettingsOf, type RunConfig } from '../../config/schema.ts';
import { metricNames } from '../../model/metricsRow.ts';
import type { Model } from '../../plan/model.ts';
import { writePlan } from './writePlan.ts';

export type VaeModel = Model<RunConfig, LiveSettings>;

/** A run of FactorVAE or beta-VAE, as engines train it. */
export function vaeModel(config: RunConfig): VaeModel {
  const plan = writePlan(config);
  return {
    config,
    seed: config.seed,
    live: liveSettingsOf(config),
    layers: plan.layers,
    columns: metricNames(config.latents),
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
