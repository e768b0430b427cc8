import { settingHelp } from '../../locale/settingWords.ts';
import type { SettingName } from '../../settings/fields.ts';

/** What every quantity on the page is, what is good, and what a strange value means: one or two sentences each. */
export interface Explanation {
  readonly text: string;
  /** A formula in TeX, where one helps. */
  readonly tex?: string;
}

const quantities = {
  totalCorrelation: {
    text: 'How far the latents are from independent, as the discriminator estimates it on each batch; near 0 is good. The true value is never negative, but this noisy estimate from one batch can dip below 0.',
    tex: String.raw`\begin{aligned}\mathrm{TC} &= \mathrm{KL}\Big(q(z)\,\Big\|\,\prod_j q(z_j)\Big)\\ &\approx \mathbb E_{q(z)}\big[\ell_0(z) - \ell_1(z)\big]\end{aligned}`,
  },
  reconstruction: {
    text: 'Cross-entropy between picture and reconstruction, summed over pixels; lower is sharper. The axis is logarithmic because the value falls by powers of ten.',
    tex: String.raw`-\sum_i x_i \log \hat x_i + (1 - x_i) \log (1 - \hat x_i)`,
  },
  kl: {
    text: 'Information the code carries about its picture, summed over latents. About 10 nats are enough here; above about 40 the discriminator can no longer keep up; it usually recovers.',
    tex: String.raw`\mathrm{KL}\big(q(z|x)\,\big\|\,\mathcal N(0, I)\big)`,
  },
  klPerLatent: {
    text: 'The KL of each latent: a tall bar carries information; below 0.05 nats a latent is not used. A good run uses as many latents as there are factors.',
    tex: String.raw`\tfrac12\big(\mu_j^2 + \sigma_j^2 - \log \sigma_j^2 - 1\big)`,
  },
  discriminatorLoss: {
    text: 'How well the discriminator tells real codes from codes with shuffled latents. At ln 2 = 0.693 it can only guess, so the latents look independent; 0.65 to 0.69 is healthy.',
    tex: String.raw`\tfrac12\big(\mathrm{CE}(D(z), 0) + \mathrm{CE}(D(\mathrm{perm}\,z'), 1)\big)`,
  },
  discriminatorAccuracy: {
    text: 'Share of codes the discriminator gets right. 50% is guessing, which is good: it finds no dependence between latents.',
  },
  criticGap: {
    text: 'Mean score that the critic gives real pictures, minus that of generated ones: its estimate of how far apart the two are (the Wasserstein distance, up to a factor). Large and falling is healthy; it seldom reaches 0. Where it grows without end, the generator has lost.',
    tex: String.raw`\mathbb E_{x}\big[f(x)\big] - \mathbb E_{z}\big[f(G(z))\big]`,
  },
  penalty: {
    text: 'How far the critic’s score is from changing by 1 for a change of 1 in the picture, between real and generated pictures. It keeps the gap a distance. Well below 0.1 is good; above 1 the critic has run away.',
    tex: String.raw`\mathbb E_{\hat x}\Big[\big(\lVert \nabla_{\hat x} f(\hat x) \rVert - 1\big)^2\Big]`,
  },
  information: {
    text: 'How badly Q tells from a generated picture what the generator was given: half the squared error, summed over codes, and the cross-entropy of the category. Lower is better; of codes alone, chance is a sixth for each. With Q’s variance fixed at 1 it bounds no mutual information from above 0, so the error of each code says more.',
    tex: String.raw`\tfrac12 \sum_j \big(c_j - Q_j(G(c))\big)^2`,
  },
  generatorScore: {
    text: 'Mean score that the critic gives generated pictures in the generator’s step. The generator raises it, the critic lowers it; only the gap to real pictures means something, for all scores may drift together.',
    tex: String.raw`\mathbb E_{z}\big[f(G(z))\big]`,
  },
  codeError: {
    text: 'Squared error with which Q tells each code from a generated picture. Codes lie evenly from \u22121 to 1, so always saying 0 gives 1/3: chance. Near 0 the code can be read off the picture; near chance the generator ignores it.',
    tex: String.raw`\mathbb E\big[(c_j - Q_j(G(c)))^2\big]`,
  },
  generated: {
    text: 'Top: pictures of the data set. Bottom: what the generator makes of the same random codes and noise throughout the run. They stand for no picture above them; they should look as if they could be of the data set.',
  },
  decodeGenerator: {
    text: 'Move a code and see what the generator draws. Codes lie from \u22121 to 1, and so does noise (n0, n1 ...), which nobody has to tell: it holds what the codes leave out.',
    tex: String.raw`\hat x = G(c, n)`,
  },
  encodeQ: {
    text: 'Choose a picture by its true factors and see the code that Q reads off it. Q has learned from generated pictures alone, and gives no uncertainty: its variance is 1 by definition.',
    tex: String.raw`c \approx Q(x)`,
  },
  disentanglement: {
    text: 'How cleanly each latent stands for one true factor, measured on the whole data set by the model of one step. A copy of the model encodes the images, so training continues meanwhile.',
  },
  factorVaeMetric: {
    text: 'Fix one factor, vary the rest: the latent that varies least should tell which factor it was. The score is the accuracy over 800 such votes: 1 is best, and chance is 1 / number of varying factors. As in the paper, it is measured on the votes that the classifier was fitted to.',
    tex: String.raw`j^* = \arg\min_j \, \mathrm{Var}(\mu_j) / s_j^2`,
  },
  heldOutVotes: {
    text: 'The same accuracy on 800 new votes, which the classifier has not seen: a fair test. It should be close to the fitted one.',
  },
  higgins: {
    text: 'A linear classifier tells which factor pairs of pictures share, on new pairs. Too easy: a rotated code, or one that ignores a factor, can also score 1.',
  },
  mig: {
    text: 'How much more the best latent of a factor knows about it than the second best, divided by the factor\u2019s entropy and averaged over factors. 0 where two latents share a factor.',
    tex: String.raw`\frac1K \sum_k \frac{I(z_{j_1}; v_k) - I(z_{j_2}; v_k)}{H(v_k)}`,
  },
  dciDisentanglement: {
    text: 'Boosted trees tell each factor from the code: do their importances say that each latent serves one factor only? It uses 1 000 pictures, so it can read up to 0.1 too low.',
  },
  dciCompleteness: {
    text: 'The same importances, the other way round: is each factor served by one latent only?',
  },
  dciInformativeness: {
    text: 'How often those trees tell the right value of a factor, on pictures they were not fitted to.',
  },
  sap: {
    text: 'Squared correlation of a factor with its best latent, minus that with the second best. Low for unordered factors such as shape.',
  },
  modularity: {
    text: 'How far each latent\u2019s information is about one factor only. Noise also scores high, because factors may be missing.',
  },
  activeLatents: {
    text: 'Latents whose mean KL is at least 0.01 nats; where there is no KL (InfoWGAN-GP), those whose code spreads by 0.05 or more over the pictures. The others have collapsed and carry nothing.',
  },
  tcDiscriminator: {
    text: 'What training itself uses: the discriminator\u2019s estimate, the mean of the last 32 steps. It tends to be too low.',
    tex: String.raw`\mathbb E_{q(z)}\big[\ell_0(z) - \ell_1(z)\big]`,
  },
  tcGaussian: {
    text: 'Total correlation of a Gaussian with the covariance of codes drawn from q(z). It sees linear dependence only.',
    tex: String.raw`-\tfrac12 \log \det \mathrm{corr}(z)`,
  },
  tcMinibatch: {
    text: 'Minibatch-weighted sampling: q(z) as the mixture of 1 000 pictures\u2019 posteriors. Too high where posteriors are narrow and few overlap.',
    tex: String.raw`\mathbb E\Big[\log q(z) - \textstyle\sum_j \log q(z_j)\Big]`,
  },
  tcStratified: {
    text: 'The same, with a picture\u2019s own posterior weighted as in the whole data set. Where posteriors are narrow it is too low rather than too high, so the truth tends to lie between the two.',
  },
  mutualInformation: {
    text: 'What each latent knows about each factor. The darker a cell, the larger the share of the factor\u2019s entropy. In a good run every used row and every column has one dark cell. A latent that is hardly used may show some too, because its histogram is stretched to full width.',
    tex: String.raw`I(z_j; v_k) = H(v_k) - H(v_k \mid z_j)`,
  },
  factorTrace: {
    text: 'The code of the base picture as one factor runs through its values and all others stay. In a good run one latent moves and the others lie flat. The band is one standard deviation either side.',
  },
  exhibits: {
    text: 'Three models that were trained before, with the same networks, pictures and random numbers. They differ only in what they were asked to keep small. Each row moves one number of the code (z0 to z3) and leaves the others alone.',
  },
  traversals: {
    text: 'Each row takes one latent through the values above, three standard deviations either way, or for InfoWGAN-GP from \u22121 to 1, and leaves the others at the code of the base image. In a good run one row changes one thing. The name beside a row is the factor that its latent knows most of, with the share of that factor\u2019s entropy that it knows: 100% tells every value apart. It is estimated every few seconds from 2 048 codes, as the decoder gets them.',
  },
  alignment: {
    text: 'Latents may be independent of one another without each standing for one factor. The knob turns two latents, scaled to unit variance, in their plane; nothing is trained, and every score is measured again. The discriminator is not trained again either, so the total correlation is the Gaussian estimate, which sees linear dependence only. Leave out a latent to see which metric notices that a factor is missing.',
    tex: String.raw`u_1' = u_1 \cos\theta + u_2 \sin\theta,\quad u_2' = u_2 \cos\theta - u_1 \sin\theta`,
  },
  seeTotalCorrelation: {
    text: 'Left: codes of 256 pictures by two latents. Right: the same numbers with one latent shuffled among them, which leaves each latent as it is and cuts what ties the two. Total correlation measures how far the two sets lie apart, over all latents. The discriminator sees whole codes; here all other latents are shuffled in both, so that it has nothing but this pair to go by.',
    tex: String.raw`q(z_i, z_j) \quad\text{and}\quad q(z_i)\,q(z_j)`,
  },
  reconstructions: {
    text: 'Top: pictures of the data set. Bottom: what the model rebuilds from their codes.',
  },
  decode: {
    text: 'Move a latent and see what the decoder draws. 0 is the middle of the prior; beyond 3 lies almost nothing.',
    tex: String.raw`\hat x = \mathrm{decoder}(z)`,
  },
  encode: {
    text: 'Choose a picture by its true factors and see the code it gets: the mean of each latent, with the width of its uncertainty.',
    tex: String.raw`q(z|x) = \mathcal N\big(\mu(x), \sigma^2(x)\big)`,
  },
  engine: {
    text: 'What does the arithmetic. Automatic takes WebGPU where there is any, else WebAssembly, WebGL or plain JavaScript. The entries with tfjs run the same algorithm in a general library: slower, to compare with.',
  },
  flops: {
    text: 'Useful arithmetic a second: the multiplications and additions of a step\u2019s matrix products, times steps a second.',
  },
  dispatches: {
    text: 'Kernels that the GPU starts for one step. Each costs a little whatever it does; tfjs needs about 900.',
  },
  kernels: {
    text: 'How this GPU computes the products of matrices: rows and columns of the result that a group of threads makes, and what a thread makes of them. Where several ways fit a product, the fastest is measured when a run is prepared, and remembered.',
  },
  gpuTime: {
    text: 'Time of one step by the GPU\u2019s own clock, without waiting for anything.',
  },
  utilisation: {
    text: 'A step\u2019s useful arithmetic a second, compared with the best matrix product that this GPU did when the run was prepared.',
  },
} as const satisfies Record<string, Explanation>;

/** Formulas of settings, where one helps. */
const formulas: Readonly<Partial<Record<SettingName, string>>> = {
  informationWeight: String.raw`\begin{aligned}\mathcal L_C &= -\mathrm{gap} + \lambda_{GP}\,\mathrm{penalty} + \lambda_I\,\mathrm{information}\\ \mathcal L_G &= -\mathbb E\big[f(G(z))\big] + \lambda_I\,\mathrm{information}\end{aligned}`,
  objective: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL} + \gamma\,\mathrm{TC}`,
  gamma: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL} + \gamma\,\mathrm{TC}`,
  beta: String.raw`\mathcal L = \mathrm{rec} + \beta\,\mathrm{KL}`,
  adamBetas: String.raw`\begin{aligned}m &\leftarrow \beta_1 m + (1 - \beta_1)\, g\\ v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2\end{aligned}`,
};

export type GlossaryTerm = keyof typeof quantities | SettingName;

/** The explanation of a quantity or a setting. */
export function explanationOf(term: GlossaryTerm): Explanation {
  if (isQuantity(term)) return quantities[term];
  const tex = formulas[term];
  return { text: settingHelp(term), ...(tex && { tex }) };
}

function isQuantity(term: GlossaryTerm): term is keyof typeof quantities {
  return Object.hasOwn(quantities, term);
}
