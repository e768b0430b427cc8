import type { LayerSpec } from '../../model/layers.ts';
import { fittingTensor, type NamedTensors, type TensorSpec, tensorsOf } from '../../model/parameters.ts';
import type { Plan } from '../../plan/program.ts';
import { paddedOrder, paddedSize } from './paddedLayout.ts';

/** Tensors start at multiples of this many numbers, 256 bytes: what WebGPU allows a binding to start at. */
export const alignment = 64;

export function aligned(length: number): number {
  return Math.ceil(length / alignment) * alignment;
}

/** Where one tensor lies in the flat buffers of parameters and moments, in numbers (not bytes). */
export interface TensorSlot {
  readonly spec: TensorSpec;
  readonly offset: number;
  readonly length: number;
}

/** A run of consecutive slots that one optimiser updates. */
export interface SlotRange {
  readonly offset: number;
  readonly length: number;
}

/** Places every parameter in one flat buffer: those of each optimiser together, then those that nobody trains. */
export class ParameterLayout {
  readonly slots: readonly TensorSlot[];
  /** Numbers in the flat buffer. */
  readonly length: number;
  readonly #ranges: ReadonlyMap<string, SlotRange>;
  readonly #byName: ReadonlyMap<string, TensorSlot>;

  /** @throws RangeError unless the layers of each optimiser follow one another, from the first layer on. */
  constructor({ layers, optimisers }: Pick<Plan, 'layers' | 'optimisers'>) {
    const trained = optimisers.flatMap((optimiser) => optimiser.layers);
    if (trained.some((layer, i) => layer !== layers[i]))
      throw new RangeError('the layers that optimisers train must come first, and in their order');
    let offset = 0;
    const slots: TensorSlot[] = [];
    const place = (some: readonly LayerSpec[]) => {
      for (const spec of tensorsOf(some)) {
        const slot = { spec, offset, length: paddedSize(spec) };
        slots.push(slot);
        offset += aligned(slot.length);
      }
    };
    this.#ranges = new Map(
      optimisers.map((optimiser) => {
        const start = offset;
        place(optimiser.layers);
        return [optimiser.name, { offset: start, length: offset - start }];
      }),
    );
    place(layers.slice(trained.length));
    this.slots = slots;
    this.length = offset;
    this.#byName = new Map(slots.map((slot) => [slot.spec.name, slot]));
  }

  /** Where the parameters of an optimiser lie. */
  range(optimiser: string): SlotRange {
    const range = this.#ranges.get(optimiser);
    if (!range) throw new RangeError(`there is no optimiser ${optimiser}`);
    return range;
  }

  /** Numbers of the parameters that optimisers train, which come first. */
  get trainedLength(): number {
    return Array.from(this.#ranges.values()).reduce((sum, { length }) => sum + length, 0);
  }

  slot(name: string): TensorSlot {
    const slot = this.#byName.get(name);
    if (!slot) throw new RangeError(`no parameter is named ${name}`);
    return slot;
  }

  /**
   * The flat buffer's contents for parameters in PyTorch's layouts; padding is zero.
   * @throws AppError ParametersError where one is missing or of another shape.
   */
  flatten(parameters: NamedTensors): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(this.length);
    for (const { spec, offset } of this.slots) {
      const order = paddedOrder(spec);
      const data = fittingTensor(spec, parameters);
      for (let i = 0; i < order.length; i++) flat[offset + order[i]] = data[i];
    }
    return flat;
  }

  /** The parameters, in PyTorch's layouts, that the flat buffer's contents hold. */
  unflatten(flat: Float32Array): NamedTensors {
    return new Map(
      this.slots.map(({ spec, offset }) => {
        const order = paddedOrder(spec);
        const data = new Float32Array(order.length);
        for (let i = 0; i < order.length; i++) data[i] = flat[offset + order[i]];
        return [spec.name, { shape: spec.shape, data }] as const;
      }),
    );
  }
}
