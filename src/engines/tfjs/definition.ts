import * as tf from '@tensorflow/tfjs-core';
import type { Plan } from '../../plan/program.ts';
import { groupLength, type Slot } from '../../plan/slots.ts';
import type { AdamState } from './adam.ts';
import type { Weights } from './parameterVector.ts';
import type { TfjsStates } from './states.ts';

/** A diagonal Gaussian for each image, [batch, latents]. */
export interface Posterior {
  readonly mean: tf.Tensor2D;
  readonly logVariance: tf.Tensor2D;
}

/** A code that is a mean alone, [batch, latents]. */
export interface Mean {
  readonly mean: tf.Tensor2D;
  readonly logVariance: null;
}

/** What a step starts from, beside states and inputs. */
export interface TfjsStep {
  /** The plan's live values by name. */
  readonly live: Readonly<Record<string, number>>;
  /**
   * An optimiser's state after an update by Adam, with its own rate and decays; the same state where it rests in
   * this step. `repeat`: which of its updates in this step it is, from 0.
   */
  update(optimiser: string, state: AdamState, gradient: tf.Tensor1D, repeat?: number): AdamState;
}

/**
 * A family written plainly in tfjs' operations, with its gradients by automatic differentiation: the definition that
 * plans are held against, and what trains where no engine runs them.
 */
export interface TfjsDefinition {
  /**
   * One step. States and a row of metrics are returned, never changed in place; the caller owns them. Numbers in columns
   * that the model does not measure mean nothing.
   */
  step(
    states: TfjsStates,
    inputs: TfjsInputs,
    settings: TfjsStep,
  ): { states: TfjsStates; metrics: tf.Tensor1D };
  /** Images [count, height, width, channels]; null for a family that cannot. */
  readonly encode: ((weights: WeightsOf, images: tf.Tensor4D) => Posterior | Mean) | null;
  /** Codes [count, latents] to logits of pixels [count, height, width, channels]. */
  readonly decode: ((weights: WeightsOf, codes: tf.Tensor2D) => tf.Tensor4D) | null;
  /** Codes [count, latents] to logit 0 less logit 1 of a discriminator, [count]; null for a family that cannot. */
  readonly discriminate: ((weights: WeightsOf, codes: tf.Tensor2D) => tf.Tensor1D) | null;
}

/** Weights of an optimiser's layers. */
export type WeightsOf = (optimiser: string) => Weights;

/** What is random in a step as tensors, by the names of the plan's slots; made in the caller's tidy. */
export class TfjsInputs {
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #numbers: ReadonlyMap<string, Float32Array | Int32Array>;

  constructor({ slots }: Plan, numbers: ReadonlyMap<string, Float32Array | Int32Array>) {
    this.#slots = new Map(slots.map((slot) => [slot.name, slot]));
    this.#numbers = numbers;
  }

  /** [batch, height, width, channels] */
  images(name: string, repeat = 0): tf.Tensor4D {
    const { slot, numbers } = this.#of(name, repeat);
    const [height, width, channels] = slot.dims;
    return tf.tensor4d(numbers, [slot.rows, height, width, channels]);
  }

  /** [batch, length]: noise, or the inputs of a generator. */
  noise(name: string, repeat = 0): tf.Tensor2D {
    const { slot, numbers } = this.#of(name, repeat);
    return tf.tensor2d(numbers, [slot.rows, slot.dims[0]]);
  }

  /**
   * A permutation (Algorithm 1) as indices of flattened codes, [batch * latents]: number j of row b is index
   * permutation[j, b] * latents + j.
   */
  shuffle(name: string, repeat = 0): tf.Tensor1D {
    const { slot, numbers } = this.#of(name, repeat);
    const { rows: latents, dims } = slot;
    const [batch] = dims;
    const indices = Int32Array.from(numbers, (_, at) => {
      const latent = at % latents;
      return numbers[latent * batch + Math.floor(at / latents)] * latents + latent;
    });
    return tf.tensor1d(indices, 'int32');
  }

  #of(name: string, repeat: number) {
    const slot = this.#slots.get(name);
    const all = this.#numbers.get(name);
    if (!slot || !all) throw new RangeError(`a step draws no "${name}"`);
    const length = groupLength(slot);
    return { slot, numbers: all.subarray(repeat * length, (repeat + 1) * length) };
  }
}
