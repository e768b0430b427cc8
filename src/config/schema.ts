import { z } from 'zod';

// The page's content security policy forbids code made from text, which zod would try.
z.config({ jitless: true });

/** The widest range of every number a run may have. The page's sliders, the URL and files all obey it. */
export const limits = {
  imageSize: { min: 16, max: 64 },
  convWidth: { min: 1, max: 256 },
  convLayers: { min: 1, max: 5 },
  denseWidth: { min: 1, max: 1024 },
  latents: { min: 1, max: 32 },
  discriminatorWidth: { min: 1, max: 2048 },
  discriminatorDepth: { min: 1, max: 8 },
  batchSize: { min: 2, max: 512 },
  gamma: { min: 0, max: 200 },
  beta: { min: 0, max: 100 },
  annealingFactor: { min: 1, max: 100 },
  annealingSteps: { min: 0, max: 1e6 },
  gammaWarmupSteps: { min: 0, max: 1e6 },
  learningRate: { min: 0, max: 1 },
  adamBeta: { min: 0, max: 0.9999 },
  seed: { min: 0, max: 0xffffffff },
  shape: { min: 1, max: 3 },
  scale: { min: 1, max: 6 },
  orientation: { min: 1, max: 40 },
  position: { min: 1, max: 32 },
} as const;

export interface Range {
  readonly min: number;
  readonly max: number;
}

const real = ({ min, max }: Range) => z.number().min(min).max(max);
const whole = (range: Range) => real(range).int();
const adamBetas = z.tuple([real(limits.adamBeta), real(limits.adamBeta)]);

export const objectiveSchema = z.enum(['factorVae', 'betaVae']);
export const datasetSchema = z.enum(['shapes2d']);

/**
 * Whose codes are permuted for the discriminator: those of a second, independent batch (Kim & Mnih 2018, Algorithm 2), or
 * the first batch's own, which the discriminator sees unpermuted too (as google-research/disentanglement_lib does). Then
 * both of its classes have the same marginals in every batch, and what differs is the dependence alone.
 */
export const permutedBatchSchema = z.enum(['second', 'first']);

/** How many values of each factor the data set holds; a factor of one value does not vary. */
export const factorGridSchema = z.strictObject({
  shape: whole(limits.shape),
  scale: whole(limits.scale),
  orientation: whole(limits.orientation),
  posX: whole(limits.position),
  posY: whole(limits.position),
});

/**
 * The settings of a run, by field. Without the rule that ties the image's size to the number of convolutions:
 * `runConfigSchema` adds it.
 */
export const runFieldsSchema = z.strictObject({
  objective: objectiveSchema,
  dataset: datasetSchema,
  factors: factorGridSchema,
  imageSize: whole(limits.imageSize),
  channels: z.union([z.literal(1), z.literal(3)]),
  convWidths: z.array(whole(limits.convWidth)).min(limits.convLayers.min).max(limits.convLayers.max),
  denseWidth: whole(limits.denseWidth),
  latents: whole(limits.latents),
  discriminatorWidth: whole(limits.discriminatorWidth),
  discriminatorDepth: whole(limits.discriminatorDepth),
  batchSize: whole(limits.batchSize),
  gamma: real(limits.gamma),
  beta: real(limits.beta),
  // Records and checkpoints written before these four were there go without.
  annealingFactor: real(limits.annealingFactor).default(1),
  annealingSteps: whole(limits.annealingSteps).default(0),
  gammaWarmupSteps: whole(limits.gammaWarmupSteps).default(0),
  permutedBatch: permutedBatchSchema.default('second'),
  learningRate: real(limits.learningRate),
  adamBetas,
  discriminatorLearningRate: real(limits.learningRate),
  discriminatorAdamBetas: adamBetas,
  seed: whole(limits.seed),
});

/** Every convolution halves the picture, so its side must be a multiple of this. */
export function imageSizeStep(convLayers: number): number {
  return 2 ** convLayers;
}

/** One schema describes a run; URL, files and messages are parsed by it and everything else derives from it. */
export const runConfigSchema = runFieldsSchema.refine(
  (c) => c.imageSize % imageSizeStep(c.convWidths.length) === 0,
  {
    path: ['imageSize'],
    error: 'imageSize must be a multiple of 2 to the power of the number of convolutions',
  },
);

export type RunConfig = z.infer<typeof runConfigSchema>;
export type Objective = RunConfig['objective'];
export type FactorGrid = RunConfig['factors'];

/** What may change while a run trains; it acts on the next step. */
export const liveSettingsSchema = runFieldsSchema.pick({
  gamma: true,
  beta: true,
  learningRate: true,
  discriminatorLearningRate: true,
});
export type LiveSettings = z.infer<typeof liveSettingsSchema>;
export type LiveKey = keyof LiveSettings;
export const liveKeys = liveSettingsSchema.keyof().options;

export function liveSettingsOf(config: RunConfig): LiveSettings {
  const { gamma, beta, learningRate, discriminatorLearningRate } = config;
  return { gamma, beta, learningRate, discriminatorLearningRate };
}

/** Whether a step needs its second batch: beta-VAE has no discriminator to show it to. */
export function usesSecondBatch({ objective, permutedBatch }: RunConfig): boolean {
  return objective === 'factorVae' && permutedBatch === 'second';
}
