import * as tf from '@tensorflow/tfjs-core';
import type { NamedTensor, NamedTensors } from '../../model/parameters.ts';
import type { Snapshot } from '../../model/snapshot.ts';
import type { Plan } from '../../plan/program.ts';
import { type AdamState, freshState } from './adam.ts';
import { VectorLayout, type Weights } from './parameterVector.ts';

/** Parameters and moments by optimiser; those that nobody trains are `untrained`. */
export type TfjsStates = Readonly<Record<string, AdamState>>;

const untrained = 'untrained';

type Tensors = Pick<Snapshot, 'parameters' | 'firstMoments' | 'secondMoments'>;

/** How a plan's parameters lie in vectors, one for each optimiser. */
export class StateLayout {
  readonly #layouts: ReadonlyMap<string, VectorLayout>;

  constructor({ layers, optimisers }: Plan) {
    const trained = new Set(optimisers.flatMap((optimiser) => optimiser.layers));
    const rest = layers.filter((layer) => !trained.has(layer));
    this.#layouts = new Map([
      ...optimisers.map((optimiser) => [optimiser.name, new VectorLayout(optimiser.layers)] as const),
      ...(rest.length > 0 ? [[untrained, new VectorLayout(rest)] as const] : []),
    ]);
  }

  /** Cuts an optimiser's vector into the weights of its layers; differentiable. */
  split(optimiser: string, vector: tf.Tensor1D): Weights {
    const layout = this.#layouts.get(optimiser);
    if (!layout) throw new RangeError(`there is no optimiser ${optimiser}`);
    return layout.split(vector);
  }

  /** States of these parameters whose moments are 0. */
  fresh(parameters: NamedTensors): TfjsStates {
    return mapped(this.#pack(parameters), (vector) => freshState(tf.tensor1d(vector)));
  }

  pack({ parameters, firstMoments, secondMoments }: Tensors): TfjsStates {
    // All are checked before one goes to the device.
    const parts = [parameters, firstMoments, secondMoments].map((tensors) => this.#pack(tensors));
    return Object.fromEntries(
      Array.from(this.#layouts.keys(), (name): [string, AdamState] => {
        const [vector, firstMoment, secondMoment] = parts.map((part) => tf.tensor1d(part[name]));
        return [name, { parameters: vector, firstMoment, secondMoment }];
      }),
    );
  }

  /** Reads one vector of each state, as it is now. `read` frees what it has read. */
  async unpack(
    states: TfjsStates,
    part: keyof AdamState,
    read: (tensor: tf.Tensor) => Promise<Float32Array>,
  ): Promise<NamedTensors> {
    const vectors = mapped(states, (state) => tf.clone(state[part]));
    const tensors = new Map<string, NamedTensor>();
    for (const [name, layout] of this.#layouts)
      for (const [tensor, numbers] of layout.unpack(await read(vectors[name]))) tensors.set(tensor, numbers);
    return tensors;
  }

  /** The vectors of these tensors. All are checked before one goes to the device. */
  #pack(tensors: NamedTensors): Readonly<Record<string, Float32Array>> {
    return Object.fromEntries(Array.from(this.#layouts, ([name, layout]) => [name, layout.pack(tensors)]));
  }
}

export function mapped<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
