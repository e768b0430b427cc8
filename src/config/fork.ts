import type { RunConfig } from './schema.ts';

/** What a fork may change: it acts on the next step, and no weight changes its shape or meaning by it. */
export const freeInForks = [
  'objective',
  'gamma',
  'beta',
  'learningRate',
  'discriminatorLearningRate',
  'seed',
] as const satisfies readonly (keyof RunConfig)[];

/** What a fork keeps: data and networks, which its weights were made for, and the optimisers that go on. */
export const fixedInForks = [
  'dataset',
  'factors',
  'imageSize',
  'channels',
  'convWidths',
  'denseWidth',
  'latents',
  'discriminatorWidth',
  'discriminatorDepth',
  'batchSize',
  'adamBetas',
  'discriminatorAdamBetas',
] as const satisfies readonly Exclude<keyof RunConfig, (typeof freeInForks)[number]>[];
