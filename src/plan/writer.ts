import { fullName, type LayerSpec, outputDims } from '../model/layers.ts';
import { checkOperation } from './check.ts';
import type { Operation } from './operations.ts';
import type {
  DecodeProgram,
  DiscriminateProgram,
  EncodeProgram,
  Optimiser,
  Plan,
  Program,
} from './program.ts';
import { type Group, type Role, type Rows, rowsOf, type Slot } from './slots.ts';

/** Shape of a slot: rows of samples, and the shape of one. */
export interface SlotShape {
  readonly rows: number;
  readonly dims: readonly number[];
  readonly groups?: number;
  /** Whether dims end in channels of images: so it is of a slot that holds images. */
  readonly image?: boolean;
  /** For a person; the slot's name otherwise. */
  readonly label?: string;
}

export interface BackwardOptions {
  /** Where the gradient by the first layer's input goes, if anybody wants it. */
  readonly inputGradient?: Rows<'gradient'>;
  /**
   * Gradients by the layers' outputs go to slots of their own, so that the outputs can be read again. Else they replace
   * the outputs: an output is needed only until its layer's gradients are known, and then nothing but its sign.
   */
  readonly keep?: boolean;
  /** Leave out gradients by parameters, where only the input's is wanted. */
  readonly frozen?: boolean;
}

/** The words in which a family writes its step. */
export class PlanWriter {
  readonly #slots = new Map<string, Slot>();
  readonly #outputs = new Map<string, Slot<'output'>>();
  readonly #gradients = new Map<string, Slot<'gradient'>>();

  /** Takes memory for the whole run. Names are free to choose, each once. */
  slot<R extends Role>(role: R, name: string, shape: SlotShape): Slot<R> {
    const { rows, dims, groups = 1, label = name, image = role === 'images' } = shape;
    return this.#add({ role, name, label, groups, rows, dims, image });
  }

  /** The slots of what layers put out, to be had by `output`. */
  outputs(layers: readonly LayerSpec[], rows: number, groups = 1): void {
    for (const layer of layers) {
      const name = fullName(layer);
      const label = `the output of ${name}`;
      const image = layer.image === 'outputs';
      const slot = { role: 'output', name, label, groups, rows, dims: outputDims(layer), image } as const;
      this.#outputs.set(name, this.#add(slot));
    }
  }

  output(layer: LayerSpec): Slot<'output'> {
    const slot = this.#outputs.get(fullName(layer));
    if (!slot) throw new RangeError(`no slot holds the output of ${fullName(layer)}`);
    return slot;
  }

  /** Layers one after the other, into one group of their outputs. */
  forward(
    layers: readonly LayerSpec[],
    input: Rows<'images' | 'codes' | 'output'>,
    group: Group = 'all',
  ): Operation[] {
    let from = input;
    return layers.map((layer) => {
      const output = rowsOf(this.output(layer), group);
      const operation: Operation = { kind: 'forward', layer, input: from, output };
      from = output;
      return operation;
    });
  }

  /** From the gradient by the last layer's output to those by all parameters and, where asked, by the input. */
  backward(
    layers: readonly LayerSpec[],
    input: Rows<'images' | 'codes' | 'output'>,
    gradient: Rows<'output' | 'gradient'>,
    { inputGradient, keep = false, frozen = false }: BackwardOptions = {},
  ): Operation[] {
    const list: Operation[] = [];
    let from = gradient;
    for (let i = layers.length - 1; i >= 0; i--) {
      const layer = layers[i];
      const below = i > 0 ? rowsOf(this.output(layers[i - 1]), gradient.group) : input;
      if (!frozen)
        list.push({ kind: 'gradientByParameters', layer, input: below, gradient: from, bias: from });
      if (i > 0) {
        const output = rowsOf(this.output(layers[i - 1]), gradient.group);
        const result = keep ? rowsOf(this.gradient(layers[i - 1]), gradient.group) : output;
        const through = { activation: layers[i - 1].activation, output };
        list.push({ kind: 'gradientByInput', layer, gradient: from, through, result });
        from = result;
      } else if (inputGradient) {
        list.push({ kind: 'gradientByInput', layer, gradient: from, through: null, result: inputGradient });
      }
    }
    return list;
  }

  /**
   * @throws RangeError for an operation whose slots do not fit it: what a family got wrong.
   */
  plan(parts: {
    readonly layers: readonly LayerSpec[];
    readonly optimisers: readonly Optimiser[];
    readonly live: readonly string[];
    readonly step: readonly Program[];
    readonly encode: EncodeProgram | null;
    readonly decode: DecodeProgram | null;
    readonly discriminate: DiscriminateProgram | null;
  }): Plan {
    const plan = { ...parts, slots: [...this.#slots.values()] };
    const programs = [
      ...plan.step.flatMap(({ draw, operations }) => [...draw, ...operations]),
      ...(plan.encode?.operations ?? []),
      ...(plan.decode?.operations ?? []),
      ...(plan.discriminate?.operations ?? []),
    ];
    for (const operation of programs) checkOperation(operation, plan);
    return plan;
  }

  #add<R extends Role>(slot: Slot<R>): Slot<R> {
    if (this.#slots.has(slot.name)) throw new RangeError(`two slots are named ${slot.name}`);
    this.#slots.set(slot.name, slot);
    return slot;
  }

  /** The slot of its own that the gradient by a layer's output has, where it is kept. */
  gradient(layer: LayerSpec): Slot<'gradient'> {
    const { rows, groups, dims } = this.output(layer);
    const name = `gradient of ${fullName(layer)}`;
    const known = this.#gradients.get(name);
    if (known) return known;
    const slot = this.slot('gradient', name, { rows, groups, dims });
    this.#gradients.set(name, slot);
    return slot;
  }
}
