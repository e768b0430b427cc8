import type { LayerSpec } from '../model/layers.ts';
import type { StageName } from '../model/stepStages.ts';
import type { Operation } from './operations.ts';
import type { Slot } from './slots.ts';

/** Operations that follow one another and are one stage of a step. */
export interface Stage {
  readonly name: StageName;
  /** How many operations. */
  readonly length: number;
}

/** Some operations in order, done `repeats` times in each step; every time with random numbers of its own. */
export interface Program {
  readonly name: string;
  readonly repeats: number;
  /** What is random in it: left out where its slots are given from outside. */
  readonly draw: readonly Operation[];
  readonly operations: readonly Operation[];
  /** All operations, in order, by what they do. */
  readonly stages: readonly Stage[];
}

/** Images to what the layer of the posterior puts out. */
export interface EncodeProgram {
  readonly operations: readonly Operation[];
  /** Its first group. */
  readonly images: Slot<'images'>;
  /** Means of the latents and, where variances are learned, log variances behind them: [2, latents]. */
  readonly posterior: Slot<'output'>;
  readonly latents: number;
  /** Where there are none, what stands behind the means is no part of the code. */
  readonly variances: 'learned' | 'none';
}

/** Codes to pixel probabilities. */
export interface DecodeProgram {
  readonly operations: readonly Operation[];
  /** Codes, and behind them what is no code. */
  readonly codes: Slot<'codes'>;
  /** What stands behind every code that is decoded without more said: a generator's category and noise. */
  readonly rest: readonly number[];
  readonly pixels: Slot<'output'>;
}

/** Codes to the logits of a discriminator: class 0 is q(z), class 1 the product of its marginals. */
export interface DiscriminateProgram {
  readonly operations: readonly Operation[];
  readonly codes: Slot<'codes'>;
  /** [2] */
  readonly logits: Slot<'output'>;
}

/** Parameters that are updated together. Their layers lie one after the other among the model's. */
export interface Optimiser {
  readonly name: string;
  readonly layers: readonly LayerSpec[];
  /** Adam's two decays. */
  readonly betas: readonly [number, number];
}

/** A run written down: its memory, and all that is ever done on it. */
export interface Plan {
  /** All layers, those that an optimiser updates first. */
  readonly layers: readonly LayerSpec[];
  readonly optimisers: readonly Optimiser[];
  /** Names of the numbers that may change from step to step. */
  readonly live: readonly string[];
  readonly slots: readonly Slot[];
  /** A training step: its programs one after the other. */
  readonly step: readonly Program[];
  /** Null for a family that cannot. */
  readonly encode: EncodeProgram | null;
  readonly decode: DecodeProgram | null;
  readonly discriminate: DiscriminateProgram | null;
}
