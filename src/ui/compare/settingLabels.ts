const labels: Readonly<Record<string, string>> = {
  objective: 'Objective',
  dataset: 'Data set',
  shape: 'Shapes',
  scale: 'Scales',
  orientation: 'Orientations',
  posX: 'Positions x',
  posY: 'Positions y',
  imageSize: 'Image size',
  channels: 'Channels',
  convWidths: 'Convolutions',
  denseWidth: 'Dense width',
  latents: 'Latents',
  discriminatorWidth: 'Discriminator width',
  discriminatorDepth: 'Discriminator depth',
  batchSize: 'Batch',
  annealingFactor: 'Pressure at first',
  annealingSteps: 'Pressure falls over',
  gammaWarmupSteps: 'Gamma’s warm-up',
  permutedBatch: 'Permuted batch',
  learningRate: 'Learning rate',
  adamBetas: 'Adam betas',
  discriminatorLearningRate: 'Discriminator’s rate',
  discriminatorAdamBetas: 'Discriminator’s betas',
  seed: 'Seed',
};

/** What a person calls a setting; those of one word keep their own. */
export function settingLabel(setting: string): string {
  return labels[setting] ?? setting;
}
