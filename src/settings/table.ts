import { infoWganGp } from './infoWganGp.ts';
import { choice, oneOf, pair, real, whole, wholes } from './kinds.ts';
import { own } from './own.ts';
import { datasets, families, objectives } from './scopes.ts';
import { shapes2d } from './shapes2d.ts';
import { shapes3d } from './shapes3d.ts';

const vae = { objectives: families.vae };
const factorVae = { objectives: ['factorVae'] } as const;
const steps = { min: 0, max: 1e6 };
const rate = { min: 0, max: 1 };
const adamBeta = { min: 0, max: 0.9999 };

/**
 * Every setting of a run, in the order of a configuration. Schema, presets, address, options of the command line,
 * forms, differences and forks derive from it; a new setting is an entry here, its words in
 * src/locale/en/settings.ts and the code that uses it. One added to a release needs `absent`, for the files
 * written before.
 */
export const table = {
  objective: choice(objectives, { default: 'factorVae', acts: 'fork' }),
  dataset: choice(datasets, {
    default: 'shapes2d',
    presets: { quick3d: 'shapes3d', paper3d: 'shapes3d' },
    acts: 'newRun',
  }),
  ...shapes2d,
  ...own,
  ...shapes3d,
  imageSize: whole(
    { min: 16, max: 64 },
    {
      default: 16,
      presets: { small: 32, quick: 32, paper: 64, quick3d: 32, paper3d: 64 },
      acts: 'newRun',
      form: 'model',
    },
  ),
  channels: oneOf([1, 3], { default: 1, presets: { quick3d: 3, paper3d: 3 }, acts: 'newRun' }),
  convWidths: wholes(
    { min: 1, max: 256 },
    { min: 1, max: 5 },
    {
      default: [8, 16],
      presets: {
        small: [8, 16, 16],
        quick: [16, 32, 32],
        paper: [32, 32, 64, 64],
        quick3d: [16, 32, 32],
        paper3d: [32, 32, 64, 64],
      },
      acts: 'newRun',
      form: 'model',
    },
  ),
  denseWidth: whole(
    { min: 1, max: 1024 },
    {
      default: 32,
      presets: { small: 128, quick: 256, paper: 128, quick3d: 256, paper3d: 256 },
      acts: 'newRun',
      form: 'model',
    },
  ),
  latents: whole(
    { min: 1, max: 32 },
    { default: 4, presets: { paper: 10, quick3d: 6, paper3d: 6 }, acts: 'newRun', form: 'model' },
  ),
  discriminatorWidth: whole(
    { min: 1, max: 2048 },
    {
      default: 32,
      presets: { small: 128, quick: 256, paper: 1000, quick3d: 256, paper3d: 1000 },
      acts: 'newRun',
      form: 'model',
      ...factorVae,
    },
  ),
  discriminatorDepth: whole(
    { min: 1, max: 8 },
    {
      default: 3,
      presets: { small: 4, quick: 4, paper: 6, quick3d: 4, paper3d: 6 },
      acts: 'newRun',
      form: 'model',
      ...factorVae,
    },
  ),
  batchSize: whole(
    { min: 2, max: 512 },
    {
      default: 16,
      presets: { small: 32, quick: 64, paper: 64, quick3d: 64, paper3d: 64 },
      acts: 'newRun',
      form: 'training',
    },
  ),
  gamma: real(
    { min: 0, max: 200 },
    {
      default: 10,
      presets: { small: 6, quick: 6, paper: 35, quick3d: 40, paper3d: 7 },
      acts: 'live',
      ...factorVae,
    },
  ),
  beta: real(
    { min: 0, max: 100 },
    { default: 1, presets: { small: 0.05, quick: 0.05, quick3d: 0.5 }, acts: 'live', ...vae },
  ),
  annealingFactor: real(
    { min: 1, max: 100 },
    {
      default: 1,
      presets: { small: 5, quick: 3, quick3d: 3 },
      absent: 1,
      acts: 'newRun',
      form: 'training',
      ...vae,
    },
  ),
  annealingSteps: whole(steps, {
    default: 0,
    presets: { small: 4000, quick: 4000, quick3d: 4000 },
    absent: 0,
    acts: 'newRun',
    form: 'training',
    ...vae,
  }),
  gammaWarmupSteps: whole(steps, {
    default: 0,
    absent: 0,
    acts: 'newRun',
    form: 'training',
    ...factorVae,
  }),
  // Whose codes are permuted for the discriminator: those of a second, independent batch (Kim & Mnih 2018,
  // Algorithm 2), or the first batch's own, which the discriminator sees unpermuted too (as
  // google-research/disentanglement_lib does). Then both of its classes have the same marginals in every batch,
  // and what differs is the dependence alone.
  permutedBatch: choice(['second', 'first'], {
    default: 'second',
    presets: { small: 'first', quick: 'first', quick3d: 'first' },
    absent: 'second',
    acts: 'newRun',
    form: 'training',
    ...factorVae,
  }),
  learningRate: real(rate, {
    default: 1e-3,
    presets: { quick: 5e-4, paper: 1e-4, quick3d: 5e-4, paper3d: 1e-4 },
    acts: 'live',
    ...vae,
  }),
  adamBetas: pair(adamBeta, {
    default: [0.9, 0.999],
    presets: { small: [0.5, 0.999], quick: [0.5, 0.999], quick3d: [0.5, 0.999] },
    acts: 'newRun',
    form: 'training',
    ...vae,
  }),
  discriminatorLearningRate: real(rate, {
    default: 1e-3,
    presets: { small: 2e-3, quick: 2e-3, paper: 1e-4, quick3d: 2e-3, paper3d: 1e-5 },
    acts: 'live',
    ...factorVae,
  }),
  discriminatorAdamBetas: pair(adamBeta, {
    default: [0.5, 0.9],
    acts: 'newRun',
    form: 'training',
    ...factorVae,
  }),
  ...infoWganGp,
  seed: whole({ min: 0, max: 0xffffffff }, { default: 0, acts: 'fork', form: 'training' }),
} as const;
