import { type PresetName, presets } from './presets.ts';
import type { Objective, RunConfig } from './schema.ts';

/** The best beta that Kim & Mnih 2018 found for beta-VAE on 2D Shapes. */
const betaOfBetaVae = 4;

/** The weights that objectives are about: what a person turns first. */
export type Dial = 'gamma' | 'beta' | 'informationWeight';

export function dialOf(objective: Objective): Dial {
  switch (objective) {
    case 'factorVae':
      return 'gamma';
    case 'betaVae':
      return 'beta';
    case 'infoWganGp':
      return 'informationWeight';
  }
}

/**
 * The same run by another objective. beta is what separates factors in beta-VAE, and stands
 * beside gamma in FactorVAE; so it starts from the value that suits the objective.
 */
export function withObjective(config: RunConfig, objective: Objective, preset: PresetName): RunConfig {
  const beta = objective === 'betaVae' ? betaOfBetaVae : presets[preset].beta;
  return { ...config, objective, beta };
}
