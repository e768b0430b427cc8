import type { RunConfig } from '../config/schema.ts';
import type { Picture } from './pictures.ts';

/** What is told of a trained model that ships with the page, beside its weights. */
export interface ExhibitAbout {
  readonly config: RunConfig;
  /** Steps that it was trained. */
  readonly steps: number;
  /** In nats an image, over the last twentieth of its training. */
  readonly reconstruction: number;
  /** On fresh votes, of the weights as they ship. */
  readonly factorVaeMetric: number;
  readonly mig: number;
  readonly latents: readonly ExhibitLatent[];
  /** The images whose codes ship with it, by their factors. */
  readonly bases: readonly (readonly number[])[];
}

export interface ExhibitLatent {
  /** Mean over all images, in nats. */
  readonly kl: number;
  /** Index of the factor that it knows most of, and the share of that factor's entropy that it knows. */
  readonly factor: number;
  readonly share: number;
}

/** A trained model as one picture shows it. */
export interface ExhibitView {
  readonly about: ExhibitAbout;
  /** Mean of the picture's posterior. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly reconstruction: Picture;
  /** The values that each latent in turn takes along its row, while the others stay at the picture's. */
  readonly values: readonly number[];
  /** One row a latent, in their order. */
  readonly rows: readonly (readonly Picture[])[];
}
