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
  | Forward
  | GradientByParameters
  | GradientByInput
  | SumGradients
  | Reparameterise
  | ReparameteriseGradient
  | SampleAndPermute
  | PermuteCodes
  | ReconstructionLoss
  | PixelProbabilities
  | LogitDifferenceGradient
  | DiscriminatorLoss
  | Adam
  | Metrics;

/** A number that may change from step to step, by the name that the family gave it. */
export type LiveName = string;

type Input = Rows<'images' | 'codes' | 'output'>;
type Gradient = Rows<'output' | 'gradient'>;

/** Batches of the data set, each drawn from (seed, its stream, draw). */
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

export interface Through {
  readonly activation: Activation;
  readonly output: Rows<'output'>;
}

/** The sum of what several heads send back, through the activation that they all read. */
export interface SumGradients {
  readonly kind: 'sumGradients';
  readonly terms: readonly Slot<'gradient'>[];
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

/** The logistic function of logits, in place. */
export interface PixelProbabilities {
  readonly kind: 'pixelProbabilities';
  readonly logits: Slot<'output'>;
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
