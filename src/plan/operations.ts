import type { Images } from '../data/dataset.ts';
import type { Stream } from '../data/random/philox.ts';
import type { Activation, LayerSpec } from '../model/layers.ts';
import type { Rows, Slot } from './slots.ts';

/**
 * The words a training step is written in. Each names what it reads and writes; how it is done is each engine's own
 * business. Means over a batch divide by the rows of one group. Logarithms are natural.
 */
export type Operation =
  | DrawImages
  | DrawRandomness
  | DrawUniforms
  | Forward
  | GradientByParameters
  | GradientByInput
  | Tangent
  | SumGradients
  | Reparameterise
  | ReparameteriseGradient
  | SampleAndPermute
  | PermuteCodes
  | ReconstructionLoss
  | PixelProbabilities
  | LogitDifferenceGradient
  | DiscriminatorLoss
  | MixImages
  | ImageGradient
  | ScoreLoss
  | InformationLoss
  | GradientPenalty
  | Adam
  | Metrics;

/** A number that may change from step to step, by the name that the family gave it. */
export type LiveName = string;

type Input = Rows<'images' | 'codes' | 'output'>;
type Gradient = Rows<'output' | 'gradient'>;

/** Batches of the data set, each drawn from (seed, its stream, draw) into its slot's first group. */
export interface DrawImages {
  readonly kind: 'drawImages';
  readonly images: Images;
  readonly batches: readonly { readonly stream: Stream; readonly batch: Slot<'images'> }[];
}

/** Standard normals, and one permutation of the batch a latent (data/random.ts), from (seed, stream, draw). */
export interface DrawRandomness {
  readonly kind: 'drawRandomness';
  readonly normals: readonly { readonly stream: Stream; readonly noise: Slot<'noise'> }[];
  readonly permutations: readonly { readonly stream: Stream; readonly permutation: Slot<'permutation'> }[];
}

/** What of a generator's input is what: continuous codes, then one category of so many as one-hot, then noise. */
export interface GeneratorInput {
  readonly codes: number;
  /** 0 for none. */
  readonly categories: number;
  readonly noise: number;
}

/** Numbers of a generator's input. */
export function inputLength({ codes, categories, noise }: GeneratorInput): number {
  return codes + categories + noise;
}

/**
 * Reals in [0, 1), and inputs of a generator, from (seed, stream, draw): codes and noise in [-1, 1), each category
 * as likely (data/random.ts).
 */
export interface DrawUniforms {
  readonly kind: 'drawUniforms';
  readonly reals: readonly { readonly stream: Stream; readonly noise: Slot<'noise'> }[];
  readonly inputs: readonly {
    readonly stream: Stream;
    readonly codes: Slot<'codes'>;
    readonly of: GeneratorInput;
  }[];
}

/** A layer's sums, its bias and its activation. */
export interface Forward {
  readonly kind: 'forward';
  readonly layer: LayerSpec;
  readonly input: Input;
  readonly output: Rows<'output'>;
}

/** Gradients by a layer's weight and bias, for its optimiser. */
export interface GradientByParameters {
  readonly kind: 'gradientByParameters';
  readonly layer: LayerSpec;
  readonly input: Input;
  readonly gradient: Gradient;
  /** Of `gradient`'s rows those that count for the bias; null where the loss does not depend on it. */
  readonly bias: Gradient | null;
}

/**
 * Gradient by a layer's input and, with `through`, by what came before the activation that made it: only the sign of
 * `through.output` is read, so the result may take its place.
 */
export interface GradientByInput {
  readonly kind: 'gradientByInput';
  readonly layer: LayerSpec;
  readonly gradient: Gradient;
  readonly through: Through | null;
  readonly result: Gradient;
}

/**
 * A layer's sums of a change of its input, without its bias, times the slope that its activation has at `output`:
 * the change of its output. Only the sign of `output` is read, and the result takes its place.
 */
export interface Tangent {
  readonly kind: 'tangent';
  readonly layer: LayerSpec;
  readonly input: Input;
  readonly output: Rows<'output'>;
}

export interface Through {
  readonly activation: Activation;
  readonly output: Rows<'output'>;
}

/** The sum of what several heads send back, through the activation that they all read. */
export interface SumGradients {
  readonly kind: 'sumGradients';
  readonly terms: readonly Rows<'gradient'>[];
  readonly through: Through | null;
  readonly result: Gradient;
}

/**
 * z = mean + exp(log variance / 2) * noise, and each latent's KL(q(z|x) || N(0, 1)) in nats. The posterior's dims are
 * [2, latents]: means, then log variances.
 */
export interface Reparameterise {
  readonly kind: 'reparameterise';
  readonly posterior: Slot<'output'>;
  readonly noise: Slot<'noise'>;
  readonly codes: Rows<'codes'>;
  readonly divergence: Slot<'divergence'>;
}

/** Gradient by the posterior, in its place: of the codes' gradients, summed, and of `klWeight` times the mean KL. */
export interface ReparameteriseGradient {
  readonly kind: 'reparameteriseGradient';
  readonly noise: Slot<'noise'>;
  readonly codeGradients: readonly Slot<'gradient'>[];
  readonly klWeight: LiveName;
  readonly posterior: Slot<'output'>;
}

/** Samples codes and permutes each latent over the batch on its own (Kim & Mnih 2018, Algorithm 1). */
export interface SampleAndPermute {
  readonly kind: 'sampleAndPermute';
  readonly posterior: Slot<'output'>;
  readonly noise: Slot<'noise'>;
  readonly permutation: Slot<'permutation'>;
  readonly codes: Rows<'codes'>;
}

/** The same of codes that are there: group 0 of `codes`, permuted, into group 1. */
export interface PermuteCodes {
  readonly kind: 'permuteCodes';
  readonly permutation: Slot<'permutation'>;
  readonly codes: Slot<'codes'>;
}

/** Binary cross-entropy with logits, summed over pixels and batch, and the gradient of its mean over the batch, in place. */
export interface ReconstructionLoss {
  readonly kind: 'reconstructionLoss';
  readonly images: Slot<'images'>;
  readonly logits: Slot<'output'>;
  readonly sum: Slot<'sum'>;
}

/** The logistic function of logits: in their place, or as images, which leaves the logits as they are. */
export interface PixelProbabilities {
  readonly kind: 'pixelProbabilities';
  readonly logits: Slot<'output'>;
  readonly images: Rows<'images'> | null;
}

/**
 * Gradient of `weight` times the mean of (logit 0 - logit 1) by the hidden layer that a layer of two logits reads, before
 * that hidden layer's activation.
 */
export interface LogitDifferenceGradient {
  readonly kind: 'logitDifferenceGradient';
  readonly layer: LayerSpec;
  readonly weight: LiveName;
  readonly hidden: Rows<'output'>;
  readonly activation: Activation;
  readonly result: Slot<'gradient'>;
}

/**
 * 0.5 * (CE(group 0, class 0) + CE(group 1, class 1)) of two logits, its gradient in their place, and for each sample
 * its terms: loss in nats, 1 if classified right, logit 0 - logit 1.
 */
export interface DiscriminatorLoss {
  readonly kind: 'discriminatorLoss';
  readonly logits: Slot<'output'>;
  readonly terms: Slot<'terms'>;
}

/**
 * Of three groups of images the last: mix * group 0 + (1 - mix) * group 1, with a `mix` of its own for each
 * sample.
 */
export interface MixImages {
  readonly kind: 'mixImages';
  readonly mix: Slot<'noise'>;
  readonly images: Slot<'images'>;
}

/** The gradient by a generator's logits, in their place, from that by its images: times image * (1 - image). */
export interface ImageGradient {
  readonly kind: 'imageGradient';
  readonly gradient: Slot<'gradient'>;
  readonly images: Rows<'images'>;
  readonly logits: Slot<'output'>;
}

/**
 * A loss that is linear in a critic's scores [1]: each group's gradient is one number, which takes the scores'
 * place. Of each sample the terms' `difference` is the sum of its scores over the groups, each times `factor`.
 */
export interface ScoreLoss {
  readonly kind: 'scoreLoss';
  readonly scores: Rows<'output'>;
  readonly groups: readonly { readonly gradient: number; readonly factor: number }[];
  readonly terms: Slot<'terms'>;
}

/**
 * How well Q tells what a generator was given: half the squared error of each code, summed, and the cross-entropy
 * of the category, the terms' `loss`. The gradient of `weight` times its mean takes Q's place, [codes +
 * categories]; `errors` gets the squared errors.
 */
export interface InformationLoss {
  readonly kind: 'informationLoss';
  readonly inference: Slot<'output'>;
  readonly inputs: Slot<'codes'>;
  readonly of: GeneratorInput;
  readonly weight: LiveName;
  readonly terms: Slot<'terms'>;
  readonly errors: Slot<'divergence'>;
}

/** The least norm that a gradient by an image is divided by. */
export const leastNorm = 1e-12;

/**
 * The penalty of gradients by images, (norm - 1)^2 of each sample over all its numbers, the terms' `loss`; and the
 * gradient of `weight` times its mean by these gradients, into `tangent`.
 */
export interface GradientPenalty {
  readonly kind: 'gradientPenalty';
  readonly gradient: Slot<'gradient'>;
  readonly weight: LiveName;
  readonly tangent: Rows<'images'>;
  readonly terms: Slot<'terms'>;
}

/** Kingma & Ba 2015 as PyTorch computes it, on the parameters of one optimiser. */
export interface Adam {
  readonly kind: 'adam';
  readonly optimiser: string;
}

export const termNames = ['loss', 'right', 'difference'] as const;
export type TermName = (typeof termNames)[number];

/** One or several columns of a step's row of metrics. */
export type Metric =
  /** Total over the rows of one batch. */
  | { readonly kind: 'meanOfSum'; readonly sum: Slot<'sum'>; readonly batch: number }
  /** Mean of a term over group 0, or over all. */
  | {
      readonly kind: 'meanOfTerm';
      readonly terms: Slot<'terms'>;
      readonly term: TermName;
      readonly group: 0 | 'all';
    }
  /** Means over the batch, summed over latents: one column; or a column for each latent. */
  | { readonly kind: 'divergence'; readonly divergence: Slot<'divergence'> }
  | { readonly kind: 'divergencePerLatent'; readonly divergence: Slot<'divergence'> }
  | { readonly kind: 'live'; readonly name: LiveName }
  /** NaN: not measured. */
  | { readonly kind: 'missing' };

/** A row of metrics for each step, into the block's rows. */
export interface Metrics {
  readonly kind: 'metrics';
  readonly columns: readonly Metric[];
}

/** Columns that a metric takes. */
export function metricColumnCount(metric: Metric): number {
  return metric.kind === 'divergencePerLatent' ? metric.divergence.dims[0] : 1;
}
