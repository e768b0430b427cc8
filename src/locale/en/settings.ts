import type { SettingMessages } from '../messages.ts';

const factor = 'How many values this factor takes. A factor with one value does not vary.';
const discriminator =
  'Width and number of the discriminator’s hidden layers. Too small, and it misses dependence between latents.';
const annealing =
  'Gamma and beta start this many times stronger and fall linearly to their set values over this many steps. Strong pressure early aligns the first latents with factors; weaker pressure later lets the rest, such as shape, in. Use 1 and 0 to turn it off.';
const adamBetas = 'Decay of Adam’s two running means: of the gradient, and of its square.';
const enterBetas = 'Enter two numbers separated by a space, e.g. 0.9 0.999';

/** What every setting is called and does. */
export const settings = {
  objective: {
    label: 'Objective',
    help: 'FactorVAE penalises only the dependence between latents (total correlation); beta-VAE penalises the whole KL term, which also throws away information about the image. InfoWGAN-GP is no VAE: a generator makes images of codes, and Q must be able to read the codes off them.',
    choices: { factorVae: 'FactorVAE', betaVae: 'beta-VAE', infoWganGp: 'InfoWGAN-GP' },
  },
  dataset: {
    label: 'Data set',
    help: 'The images that the model learns from.',
    choices: { shapes2d: '2D Shapes', shapes3d: '3D Shapes', own: 'Own images' },
  },
  shape: { label: 'Shapes', help: factor },
  scale: { label: 'Scales', help: factor },
  orientation: { label: 'Orientations', help: factor },
  posX: { label: 'Positions x', help: factor },
  posY: { label: 'Positions y', help: factor },
  data: { label: 'Own images', help: 'Which of your data sets, by the hash of its images.' },
  floorHue: { label: 'Floor hues', help: factor },
  wallHue: { label: 'Wall hues', help: factor },
  objectHue: { label: 'Object hues', help: factor },
  objectScale: { label: 'Object scales', help: factor },
  objectShape: { label: 'Object shapes', help: factor },
  viewOrientation: { label: 'View orientations', help: factor },
  imageSize: {
    label: 'Image size',
    help: 'Image side in pixels. Each convolution halves it, so it must be divisible by 2 that many times.',
  },
  channels: { label: 'Channels', help: 'Numbers per pixel: 1 for grey, 3 for red, green and blue.' },
  convWidths: {
    label: 'Convolutions',
    help: 'Channels of the convolutions that read an image, first to last; those that make one mirror them.',
    enter: 'Enter channel counts separated by spaces, e.g. 8 16',
  },
  denseWidth: { label: 'Dense width', help: 'Width of the dense layers between convolutions and code.' },
  latents: {
    label: 'Latents',
    help: 'Length of the code. With beta at 1 or more, extra latents mostly stay unused; with a small beta they share factors. InfoWGAN-GP uses all it has.',
  },
  discriminatorWidth: { label: 'Discriminator width', help: discriminator },
  discriminatorDepth: { label: 'Discriminator depth', help: discriminator },
  batchSize: {
    label: 'Batch size',
    help: 'Images per step. Where codes are shuffled from a second batch, a step draws as many again.',
  },
  gamma: {
    label: 'gamma',
    help: 'Weight of the total correlation: how hard the latents are pushed to be independent. At 0 the model is a plain VAE; far too high, and reconstructions blur.',
    symbol: 'γ',
  },
  beta: {
    label: 'beta',
    help: 'Weight of the KL term. The paper’s FactorVAE leaves it at 1; beta-VAE raises it (4 is good on 2D Shapes), at the price of blurred reconstructions. Below 1, codes may hold more of the image.',
    symbol: 'β',
  },
  annealingFactor: { label: 'Starting pressure (×)', help: annealing },
  annealingSteps: { label: 'Pressure decay (steps)', help: annealing },
  gammaWarmupSteps: {
    label: 'Gamma warm-up (steps)',
    help: 'Gamma rises from 0 over this many steps, so the discriminator can learn first. 0 turns it off.',
  },
  permutedBatch: {
    label: 'Shuffle codes from',
    help: 'The discriminator compares codes with shuffled ones. The paper shuffles those of a second batch. Shuffling the same batch shows it codes that differ only in how latents are combined, so it learns faster, and the second batch need not be encoded.',
    choices: { second: 'a second batch', first: 'the same batch' },
  },
  learningRate: {
    label: 'Learning rate',
    help: 'Step size of Adam for encoder and decoder. Too high and the losses jump or stop being finite; too low and nothing happens.',
    symbol: 'lr',
  },
  adamBetas: { label: 'Adam betas', help: adamBetas, enter: enterBetas },
  discriminatorLearningRate: {
    label: 'Discriminator learning rate',
    help: 'Step size of Adam for the discriminator. It must keep up with the codes: if it lags, total correlation is underestimated.',
    symbol: 'lr D',
  },
  categories: {
    label: 'Categories',
    help: 'Beside its codes the generator may get one choice of this many, which Q has to tell too. 0 leaves it out. Measures go by the codes alone.',
  },
  noiseInputs: {
    label: 'Noise inputs',
    help: 'Random numbers that the generator gets beside its codes and that nobody has to tell: room for what the codes leave out.',
  },
  criticSteps: {
    label: 'Critic steps',
    help: 'How often the critic learns before the generator learns once. A critic that is behind misleads the generator; each one costs as much time as the last.',
  },
  informationWeight: {
    label: 'information weight',
    help: 'How hard generator and Q are pushed to keep the codes readable in the images. At 0 this is a plain WGAN-GP whose codes mean nothing; far too high, and images serve the codes instead of looking real.',
    symbol: 'λ',
  },
  penaltyWeight: {
    label: 'Penalty weight',
    help: 'Weight of the gradient penalty, which keeps the critic’s score from changing too fast. WGAN-GP uses 10.',
    symbol: 'λ GP',
  },
  generatorLearningRate: {
    label: 'Generator learning rate',
    help: 'Step size of Adam for the generator.',
    symbol: 'lr G',
  },
  generatorAdamBetas: { label: 'Generator Adam betas', help: adamBetas, enter: enterBetas },
  criticLearningRate: {
    label: 'Critic learning rate',
    help: 'Step size of Adam for the critic with Q. If it lags behind the generator, the critic gap is underestimated.',
    symbol: 'lr C',
  },
  criticAdamBetas: { label: 'Critic Adam betas', help: adamBetas, enter: enterBetas },
  discriminatorAdamBetas: { label: 'Discriminator Adam betas', help: adamBetas, enter: enterBetas },
  seed: { label: 'Seed', help: 'Random seed: the same seed and settings give the same run.' },
} as const satisfies SettingMessages;
