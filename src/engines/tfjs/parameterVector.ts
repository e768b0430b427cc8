import * as tf from '@tensorflow/tfjs-core';
import type { LayerSpec } from '../../model/layers.ts';
import { channelsLastOrder, fromChannelsLast } from '../../model/layout.ts';
import {
  fittingTensor,
  type NamedTensor,
  type NamedTensors,
  sizeOf,
  type TensorSpec,
  tensorsOf,
} from '../../model/parameters.ts';

/** The parts of a parameter vector by PyTorch's name, each flat, in the layout of model/layout.ts. */
export type Weights = ReadonlyMap<string, tf.Tensor1D>;

/**
 * Lays the parameters of some layers end to end in one vector of float32. Autodiff then gives one gradient of the
 * same shape, and Adam is a dozen operations whatever the number of layers.
 */
export class VectorLayout {
  readonly length: number;
  readonly #specs: readonly TensorSpec[];
  readonly #sizes: readonly number[];

  constructor(layers: readonly LayerSpec[]) {
    this.#specs = tensorsOf(layers);
    this.#sizes = this.#specs.map(({ shape }) => sizeOf(shape));
    this.length = this.#sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Cuts a vector into its parts; differentiable. */
  split(vector: tf.Tensor1D): Weights {
    const parts = tf.split<tf.Tensor1D>(vector, [...this.#sizes]);
    return new Map(this.#specs.map(({ name }, i) => [name, parts[i]]));
  }

  /**
   * The vector of these parameters, given in PyTorch's layouts.
   * @throws AppError ParametersError where one is missing or of another shape.
   */
  pack(parameters: NamedTensors): Float32Array {
    const vector = new Float32Array(this.length);
    let at = 0;
    for (const spec of this.#specs) {
      const data = fittingTensor(spec, parameters);
      for (const index of channelsLastOrder(spec)) vector[at++] = data[index];
    }
    return vector;
  }

  /** The parameters of a vector, in PyTorch's layouts. */
  unpack(vector: Float32Array): [string, NamedTensor][] {
    let at = 0;
    return this.#specs.map((spec, i) => {
      const part = vector.subarray(at, at + this.#sizes[i]);
      at += part.length;
      return [spec.name, { shape: spec.shape, data: fromChannelsLast(spec, part) }];
    });
  }
}
