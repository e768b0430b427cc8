import type { Objective } from '../../config/schema.ts';

export const objectiveLabels: Readonly<Record<Objective, string>> = {
  factorVae: 'FactorVAE',
  betaVae: 'beta-VAE',
};
