import { pair, real, whole } from './kinds.ts';
import { families } from './scopes.ts';

const informationWeight = { min: 0, max: 100 };
const penaltyWeight = { min: 0, max: 1000 };
const rates = {
  default: 1e-3,
  presets: { quick: 5e-4, paper: 2e-4, quick3d: 5e-4, paper3d: 2e-4 },
  absent: 1e-3,
} as const;
const betas = { min: 0, max: 0.9999 };
const usedBy = { objectives: families.infoWganGp };
const inModel = { acts: 'newRun', form: 'model', ...usedBy } as const;
const inTraining = { acts: 'newRun', form: 'training', ...usedBy } as const;
const live = { acts: 'live', ...usedBy } as const;

/** The settings of InfoWGAN-GP alone. Their defaults: docs/decisions/infoWganGp.md. */
export const infoWganGp = {
  categories: whole({ min: 0, max: 16 }, { default: 0, absent: 0, ...inModel }),
  noiseInputs: whole({ min: 0, max: 128 }, { default: 5, absent: 5, ...inModel }),
  criticSteps: whole({ min: 1, max: 20 }, { default: 5, absent: 5, ...inTraining }),
  informationWeight: real(informationWeight, { default: 1, absent: 1, ...live }),
  penaltyWeight: real(penaltyWeight, { default: 10, absent: 10, ...live }),
  generatorLearningRate: real({ min: 0, max: 1 }, { ...rates, ...live }),
  generatorAdamBetas: pair(betas, { default: [0, 0.9], absent: [0, 0.9], ...inTraining }),
  criticLearningRate: real({ min: 0, max: 1 }, { ...rates, ...live }),
  criticAdamBetas: pair(betas, { default: [0, 0.9], absent: [0, 0.9], ...inTraining }),
} as const;
