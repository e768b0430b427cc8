import type { RunConfig } from './schema.ts';

export const presetNames = ['tiny', 'quick', 'paper'] as const;
export type PresetName = (typeof presetNames)[number];

const tiny: RunConfig = {
  objective: 'factorVae',
  dataset: 'shapes2d',
  factors: { shape: 3, scale: 6, orientation: 1, posX: 32, posY: 32 },
  imageSize: 16,
  channels: 1,
  convWidths: [8, 16],
  denseWidth: 32,
  latents: 4,
  discriminatorWidth: 32,
  discriminatorDepth: 3,
  batchSize: 16,
  gamma: 10,
  beta: 1,
  annealingFactor: 1,
  annealingSteps: 0,
  gammaWarmupSteps: 0,
  permutedBatch: 'second',
  learningRate: 1e-3,
  adamBetas: [0.9, 0.999],
  discriminatorLearningRate: 1e-3,
  discriminatorAdamBetas: [0.5, 0.9],
  seed: 0,
};

/**
 * `tiny` for software adapters and tests, `quick` for a first look on a GPU, `paper` as in Kim & Mnih 2018, section 4.
 * `quick` is what a search found (docs/evidence): as many latents as factors, and a small beta beside a small gamma, both
 * three times as much at first.
 */
export const presets: Readonly<Record<PresetName, RunConfig>> = {
  tiny,
  quick: {
    ...tiny,
    imageSize: 32,
    convWidths: [16, 32, 32],
    denseWidth: 256,
    discriminatorWidth: 256,
    discriminatorDepth: 4,
    batchSize: 64,
    gamma: 6,
    beta: 0.05,
    annealingFactor: 3,
    annealingSteps: 4000,
    permutedBatch: 'first',
    learningRate: 5e-4,
    adamBetas: [0.5, 0.999],
    discriminatorLearningRate: 2e-3,
  },
  paper: {
    ...tiny,
    factors: { shape: 3, scale: 6, orientation: 40, posX: 32, posY: 32 },
    imageSize: 64,
    convWidths: [32, 32, 64, 64],
    denseWidth: 128,
    latents: 10,
    discriminatorWidth: 1000,
    discriminatorDepth: 6,
    batchSize: 64,
    gamma: 35,
    learningRate: 1e-4,
    discriminatorLearningRate: 1e-4,
  },
};
