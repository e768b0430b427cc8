import type { RunConfig } from '../../config/schema.ts';
import { type NamedTensors, type TensorSpec, tensorSpecs } from '../../model/parameters.ts';
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

/** Places every parameter in one flat buffer: first the VAE's, then the discriminator's. */
export class ParameterLayout {
  readonly slots: readonly TensorSlot[];
  readonly vae: SlotRange;
  readonly discriminator: SlotRange;
  readonly #config: RunConfig;
  readonly #byName: ReadonlyMap<string, TensorSlot>;

  constructor(config: RunConfig) {
    this.#config = config;
    let offset = 0;
    this.slots = tensorSpecs(config).map((spec) => {
      const slot = { spec, offset, length: paddedSize(spec, config) };
      offset += aligned(slot.length);
      return slot;
    });
    this.#byName = new Map(this.slots.map((slot) => [slot.spec.name, slot]));
    const first = this.slots.find((slot) => slot.spec.layer.network === 'discriminator');
    const border = first?.offset ?? offset;
    this.vae = { offset: 0, length: border };
    this.discriminator = { offset: border, length: offset - border };
  }

  /** Numbers in the flat buffer. */
  get length(): number {
    return this.vae.length + this.discriminator.length;
  }

  slot(name: string): TensorSlot {
    const slot = this.#byName.get(name);
    if (!slot) throw new RangeError(`no parameter is named ${name}`);
    return slot;
  }

  /** The flat buffer's contents for parameters in PyTorch's layouts; padding is zero. */
  flatten(parameters: NamedTensors): Float32Array<ArrayBuffer> {
    const flat = new Float32Array(this.length);
    for (const { spec, offset } of this.slots) {
      const tensor = parameters.get(spec.name);
      const order = paddedOrder(spec, this.#config);
      if (tensor?.data.length !== order.length)
        throw new RangeError(`parameter ${spec.name} needs ${order.length} numbers`);
      for (let i = 0; i < order.length; i++) flat[offset + order[i]] = tensor.data[i];
    }
    return flat;
  }

  /** The parameters, in PyTorch's layouts, that the flat buffer's contents hold. */
  unflatten(flat: Float32Array): NamedTensors {
    return new Map(
      this.slots.map(({ spec, offset }) => {
        const order = paddedOrder(spec, this.#config);
        const data = new Float32Array(order.length);
        for (let i = 0; i < order.length; i++) data[i] = flat[offset + order[i]];
        return [spec.name, { shape: spec.shape, data }] as const;
      }),
    );
  }
}
