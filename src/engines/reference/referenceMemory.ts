import { fullName, type LayerSpec } from '../../model/layers.ts';
import { fromChannelsLast, toChannelsLast } from '../../model/layout.ts';
import {
  fittingTensor,
  type NamedTensors,
  sizeOf,
  type TensorSpec,
  tensorsOf,
} from '../../model/parameters.ts';
import type { Plan } from '../../plan/program.ts';
import { firstGroup, groupCount, groupLength, type Rows, type Slot, slotLength } from '../../plan/slots.ts';
import type { State } from '../plan/device.ts';

/** The numbers of one tensor in the trainers' layout (model/layout.ts), with its moments and its gradient. */
export interface Parameter {
  readonly spec: TensorSpec;
  readonly values: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Null until it was computed in this step. */
  gradient: Float64Array | null;
  kept: Float32Array | null;
}

/** The memory of a plan in plain arrays: doubles, but for parameters and moments. */
export class ReferenceMemory {
  readonly #parameters: ReadonlyMap<string, Parameter>;
  readonly #slots: ReadonlyMap<Slot, Float64Array>;

  constructor(plan: Plan) {
    this.#parameters = new Map(
      tensorsOf(plan.layers).map((spec) => {
        const numbers = () => new Float32Array(sizeOf(spec.shape));
        return [
          spec.name,
          { spec, values: numbers(), first: numbers(), second: numbers(), gradient: null, kept: null },
        ];
      }),
    );
    this.#slots = new Map(plan.slots.map((slot) => [slot, new Float64Array(slotLength(slot))]));
  }

  numbers(slot: Slot): Float64Array {
    const numbers = this.#slots.get(slot);
    if (!numbers) throw new RangeError(`this plan has no slot "${slot.name}"`);
    return numbers;
  }

  view(rows: Rows): Float64Array {
    const length = groupLength(rows.slot);
    const first = firstGroup(rows);
    return this.numbers(rows.slot).subarray(first * length, (first + groupCount(rows)) * length);
  }

  parameter(layer: LayerSpec, role: 'weight' | 'bias'): Parameter {
    const parameter = this.#parameters.get(`${fullName(layer)}.${role}`);
    if (!parameter) throw new RangeError(`this plan has no layer ${fullName(layer)}`);
    return parameter;
  }

  /** Parameters or moments, in PyTorch's layouts. */
  read(part: 'values' | 'first' | 'second'): NamedTensors {
    return new Map(
      Array.from(this.#parameters.values(), (parameter) => {
        const { spec } = parameter;
        return [spec.name, { shape: spec.shape, data: fromChannelsLast(spec, parameter[part]) }];
      }),
    );
  }

  /** Moments are zero where none are given. @throws AppError ParametersError before anything is written. */
  write(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void {
    const all = Array.from(this.#parameters.values(), (parameter) => {
      const { spec } = parameter;
      const fitting = (tensors: NamedTensors) => toChannelsLast(spec, fittingTensor(spec, tensors));
      return {
        parameter,
        values: fitting(parameters),
        first: moments ? fitting(moments.firstMoments) : null,
        second: moments ? fitting(moments.secondMoments) : null,
      };
    });
    for (const { parameter, values, first, second } of all) {
      parameter.values.set(values);
      if (first) parameter.first.set(first);
      else parameter.first.fill(0);
      if (second) parameter.second.set(second);
      else parameter.second.fill(0);
    }
  }

  isFinite(): boolean {
    return Array.from(this.#parameters.values()).every(({ values }) => values.every(Number.isFinite));
  }

  save(): void {
    for (const parameter of this.#parameters.values()) parameter.kept = parameter.values.slice();
  }

  restore(): void {
    for (const { values, first, second, kept } of this.#parameters.values()) {
      if (kept) values.set(kept);
      first.fill(0);
      second.fill(0);
    }
  }
}
