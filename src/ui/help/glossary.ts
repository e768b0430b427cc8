/** What every quantity on the page is, what is good, and what a strange value means: one or two sentences each. */
export interface Explanation {
  readonly text: string;
  /** A formula in TeX, where one helps. */
  readonly tex?: string;
}

export const glossary = {
  objective: {
    text: 'FactorVAE penalises only the dependence between latents (total correlation); beta-VAE presses on the whole KL term, which also costs information about the picture.',
    tex: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL} + \gamma\,\mathrm{TC}`,
  },
  gamma: {
    text: 'Weight of the total correlation: how hard the latents are pushed to be independent. At 0 the model is a plain VAE; far too high, and reconstructions blur.',
    tex: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL} + \gamma\,\mathrm{TC}`,
  },
  beta: {
    text: 'Weight of the KL term. FactorVAE leaves it at 1; beta-VAE raises it (4 is good on 2D Shapes), at the price of blurred reconstructions.',
    tex: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL}`,
  },
  learningRate: {
    text: 'Step size of Adam for encoder and decoder. Too high and the losses jump or stop being finite; too low and nothing happens.',
  },
  discriminatorLearningRate: {
    text: 'Step size of Adam for the discriminator. It must keep up with the codes: if it lags, total correlation is underestimated.',
  },
  totalCorrelation: {
    text: 'How far the latents are from independent, as the discriminator estimates it on each batch; near 0 is good. It may be negative: the true value cannot, but this is an estimate from one batch by an imperfect discriminator, and around 0 its noise falls on both sides.',
    tex: String.raw`\begin{aligned}\mathrm{TC} &= \mathrm{KL}\Big(q(z)\,\Big\|\,\prod_j q(z_j)\Big)\\ &\approx \mathbb E_{q(z)}\big[\ell_0(z) - \ell_1(z)\big]\end{aligned}`,
  },
  reconstruction: {
    text: 'Cross-entropy between picture and reconstruction, summed over pixels; lower is sharper. On a logarithmic axis, for it falls by powers of ten.',
    tex: String.raw`-\sum_i x_i \log \hat x_i + (1 - x_i) \log (1 - \hat x_i)`,
  },
  kl: {
    text: 'Information the code carries about its picture, summed over latents. About 10 nats are enough here; above 40 the codes have outrun the discriminator, and mostly come back.',
    tex: String.raw`\mathrm{KL}\big(q(z|x)\,\big\|\,\mathcal N(0, I)\big)`,
  },
  klPerLatent: {
    text: 'The KL of each latent: a tall bar carries information, a bar at 0 is not used. A good run uses as many latents as there are factors.',
    tex: String.raw`\tfrac12\big(\mu_j^2 + \sigma_j^2 - \log \sigma_j^2 - 1\big)`,
  },
  discriminatorLoss: {
    text: 'How well the discriminator tells real codes from codes with shuffled latents. At ln 2 = 0.693 it can only guess, so the latents look independent; 0.65 to 0.69 is healthy.',
    tex: String.raw`\tfrac12\big(\mathrm{CE}(D(z), 0) + \mathrm{CE}(D(\mathrm{perm}\,z'), 1)\big)`,
  },
  discriminatorAccuracy: {
    text: 'Share of codes the discriminator gets right. 50% is guessing, which is good: it finds no dependence between latents.',
  },
  traversals: {
    text: 'Each row takes one latent from -3 to 3 standard deviations and leaves the others at the code of the first picture. In a good run one row changes one thing.',
  },
  reconstructions: {
    text: 'Pictures of the data set above, what the model makes of their codes below.',
  },
  decode: {
    text: 'Move a latent and see what the decoder draws. 0 is the middle of the prior; beyond 3 lies almost nothing.',
    tex: String.raw`\hat x = \mathrm{decoder}(z)`,
  },
  encode: {
    text: 'Choose a picture by its true factors and see the code it gets: the mean of each latent, with the width of its uncertainty.',
    tex: String.raw`q(z|x) = \mathcal N\big(\mu(x), \sigma^2(x)\big)`,
  },
  seed: {
    text: 'Start of all random numbers: the same seed and settings give the same run.',
  },
  factors: {
    text: 'How many values each true factor takes. A factor with one value does not vary.',
  },
  imageSize: {
    text: 'Side of the square pictures in pixels: a multiple of 2 for every convolution, which halves it.',
  },
  convWidths: {
    text: 'Channels of the encoder\u2019s convolutions, first to last; the decoder mirrors them.',
  },
  denseWidth: { text: 'Width of the dense layer between convolutions and code.' },
  latents: { text: 'Length of the code. More than there are factors leaves some unused, which is fine.' },
  discriminator: {
    text: 'Width and number of the discriminator\u2019s hidden layers. Too small, and it misses dependence between latents.',
  },
  batchSize: { text: 'Pictures a step. Each step draws two independent batches.' },
  adamBetas: {
    text: 'Decay of Adam\u2019s two running means: of the gradient, and of its square.',
    tex: String.raw`\begin{aligned}m &\leftarrow \beta_1 m + (1 - \beta_1)\, g\\ v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2\end{aligned}`,
  },
  backend: {
    text: 'What does the arithmetic. Automatic takes WebGPU on a real GPU, else WebAssembly, WebGL or plain JavaScript. The entries with tfjs run the same algorithm in a general library: slower, to compare with.',
  },
  flops: {
    text: 'Useful arithmetic a second: the multiplications and additions of a step\u2019s matrix products, times steps a second.',
  },
  dispatches: {
    text: 'Kernels that the GPU starts for one step. Each costs a little whatever it does; tfjs needs about 900.',
  },
  gpuTime: {
    text: 'Time of one step by the GPU\u2019s own clock, without waiting for anything.',
  },
  utilisation: {
    text: 'A step\u2019s useful arithmetic a second, compared with the best matrix product that this GPU did when the run was prepared.',
  },
} as const satisfies Record<string, Explanation>;

export type GlossaryTerm = keyof typeof glossary;
