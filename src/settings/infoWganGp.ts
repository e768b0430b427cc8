import { pair, real, whole } from './kinds.ts';

const weight = { min: 0, max: 1000 };
const rates = { default: 1e-3, presets: { quick: 5e-4, paper: 2e-4 } };
const betas = { min: 0, max: 0.9999 };

/** The settings of InfoWGAN-GP alone. Their defaults: docs/decisions/infoWganGp.md. */
export const infoWganGp = {
  categories: whole({ min: 0, max: 16 }, { default: 0, absent: 0, acts: 'newRun', form: 'model' }),
  noiseInputs: whole({ min: 0, max: 128 }, { default: 5, absent: 5, acts: 'newRun', form: 'model' }),
  criticSteps: whole({ min: 1, max: 20 }, { default: 5, absent: 5, acts: 'newRun', form: 'training' }),
  penaltyWeight: real(weight, { default: 10, absent: 10, acts: 'live' }),
  informationWeight: real(weight, { default: 1, absent: 1, acts: 'live' }),
  generatorLearningRate: real({ min: 0, max: 1 }, { ...rates, absent: 1e-3, acts: 'live' }),
  generatorAdamBetas: pair(betas, { default: [0, 0.9], absent: [0, 0.9], acts: 'newRun', form: 'training' }),
  criticLearningRate: real({ min: 0, max: 1 }, { ...rates, absent: 1e-3, acts: 'live' }),
  criticAdamBetas: pair(betas, { default: [0, 0.9], absent: [0, 0.9], acts: 'newRun', form: 'training' }),
} as const;
