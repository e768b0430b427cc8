import type { LayerSpec } from '../../model/layers.ts';
import type { Optimiser, Plan } from '../../plan/program.ts';
import { groupCount, type Role, type Rows, type Slot, sampleLength, slotLength } from '../../plan/slots.ts';
import { memoryBound, tensorBytes } from '../../plan/tensorBytes.ts';
import { GradientLayout, tableLength } from './gradientLayout.ts';
import type { KernelChoice } from './kernelChoice.ts';
import { liveStride } from './kernels/live.ts';
import { reconstructionPartials } from './kernels/losses.ts';
import { type PaddedLayer, paddedLayer } from './layers.ts';
import type { GpuMemory } from './memory.ts';
import { padded } from './paddedLayout.ts';
import { ParameterLayout } from './parameterLayout.ts';

/** The most steps in one submit: each has a slot of its own for its live values, and one for its row of metrics. */
export const maxStepsPerSubmit = 64;
/** What these may take at most, over the bytes of the tensors: a small run has fewer. */
const stepsShare = 0.02;

/** A group's rows start at multiples of 16, which a binding may start at for any width. */
const groupAlignment = 16;

/** Roles whose samples have padded channels. */
const paddedRoles: readonly Role[] = ['codes', 'output', 'gradient'];

/** Numbers that one sample of a slot takes. */
export function paddedSample(slot: Slot): number {
  const { role, dims, image } = slot;
  if (image || !paddedRoles.includes(role)) return sampleLength(slot);
  const width = dims[dims.length - 1];
  return (sampleLength(slot) / width) * padded(width);
}

/** Rows from one group of a slot to the next. */
export function groupStride({ role, groups, rows }: Slot): number {
  return groups > 1 && role !== 'terms' ? Math.ceil(rows / groupAlignment) * groupAlignment : rows;
}

/** Rows that a view of a slot takes, empty ones between groups included. */
export function boundRows(rows: Rows): number {
  const { slot, group } = rows;
  return typeof group === 'number' ? slot.rows : groupCount(rows) * groupStride(slot);
}

/** Addends that a slot of role `sum` holds. */
export function addends(slot: Slot<'sum'>): number {
  return reconstructionPartials(slotLength(slot));
}

function slotNumbers(slot: Slot): number {
  if (isSum(slot)) return addends(slot);
  return slot.groups * groupStride(slot) * paddedSample(slot);
}

function isSum(slot: Slot): slot is Slot<'sum'> {
  return slot.role === 'sum';
}

/** Gradients of one optimiser. All optimisers share a buffer: one has used its gradients before the next are computed. */
export interface OptimiserGradients {
  readonly layout: GradientLayout;
  readonly buffer: GPUBuffer;
  readonly table: GPUBuffer;
}

/** Every buffer of a run, allocated once. */
export class PlanMemory {
  readonly layout: ParameterLayout;
  readonly parameters: GPUBuffer;
  readonly firstMoment: GPUBuffer;
  readonly secondMoment: GPUBuffer;
  /** Steps that fit into one submit. */
  readonly steps: number;
  /** Live values: a step takes as many as its programs are repeated, one after the other. */
  readonly live: GPUBuffer;
  readonly rows: GPUBuffer;
  readonly #layers: ReadonlyMap<LayerSpec, PaddedLayer>;
  readonly #slots: ReadonlyMap<Slot, GPUBuffer>;
  readonly #gradients: ReadonlyMap<string, OptimiserGradients>;

  /** `columns`: numbers in a row of metrics. */
  constructor(plan: Plan, columns: number, choice: KernelChoice, memory: GpuMemory) {
    const layout = new ParameterLayout(plan);
    this.layout = layout;
    this.#layers = new Map(plan.layers.map((layer) => [layer, paddedLayer(layer)]));
    const ranges = plan.optimisers.map(({ name }) => layout.range(name));
    const rest = layout.length - layout.trainedLength;
    const widest = Math.max(rest, ...ranges.map(({ length }) => length));
    this.parameters = memory.storage('the parameters', 'parameters', layout.length, widest);
    this.firstMoment = memory.storage("Adam's first moment", 'moments', layout.trainedLength, widest);
    this.secondMoment = memory.storage("Adam's second moment", 'moments', layout.trainedLength, widest);
    this.#slots = new Map(
      plan.slots.map((slot) => [slot, memory.storage(slot.label, 'activations', slotNumbers(slot))]),
    );
    const passes = plan.step.reduce((sum, { repeats }) => sum + repeats, 0);
    const rowBytes = 4 * columns;
    const fitting = Math.floor((stepsShare * tensorBytes(plan)) / (passes * liveStride + rowBytes));
    this.steps = Math.max(1, Math.min(maxStepsPerSubmit, fitting));
    this.rows = memory.storage('rows of metrics', 'transfer', this.steps * columns);
    const uniform = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    this.live = memory.raw('live values', 'transfer', this.steps * passes * liveStride, uniform);

    const tables = ranges.map((range) => memory.storage("Adam's table", 'tables', tableLength(range)));
    // What the gradients leave to the rest of the run: what `keep` copies, the sizes of layers, some three a layer, and
    // metrics on their way to JavaScript.
    const outputs = plan.slots.filter(({ role }) => role === 'output').length;
    const later = this.parameters.size + 3 * liveStride * outputs + maxStepsPerSubmit * rowBytes;
    const taken = memory.bytes - memory.report().images;
    const room = (memoryBound * tensorBytes(plan) - taken - later) / 4;
    const layouts = plan.optimisers.map((optimiser, i) => {
      const rows = this.#gradientRows(optimiser, plan);
      return new GradientLayout(layout, ranges[i], rows, choice, room);
    });
    const longest = Math.max(...layouts.map(({ length }) => length));
    const buffer = memory.storage('the gradients', 'gradients', longest);
    this.#gradients = new Map(
      plan.optimisers.map(({ name }, i) => [name, { layout: layouts[i], buffer, table: tables[i] }]),
    );
  }

  layer(spec: LayerSpec): PaddedLayer {
    return known(this.#layers.get(spec), `layer ${spec.network}.${spec.name}`);
  }

  slot(slot: Slot): GPUBuffer {
    return known(this.#slots.get(slot), `slot "${slot.name}"`);
  }

  gradients(optimiser: string): OptimiserGradients {
    return known(this.#gradients.get(optimiser), `optimiser ${optimiser}`);
  }

  /** The binding of one group of rows, or of those from the first on. */
  rowsOf(rows: Rows): GPUBufferBinding {
    const { slot, group } = rows;
    const buffer = this.slot(slot);
    if (typeof group !== 'number') return { buffer };
    return { buffer, offset: 4 * group * groupStride(slot) * paddedSample(slot) };
  }

  /** An optimiser's layers with the samples that each one's gradient sums over. */
  #gradientRows({ layers }: Optimiser, { step }: Plan) {
    const operations = step.flatMap((program) => program.operations);
    return layers.map((spec) => {
      const found = operations.filter(
        (operation) => operation.kind === 'gradientByParameters' && operation.layer === spec,
      );
      const [operation] = found;
      if (found.length !== 1 || operation?.kind !== 'gradientByParameters')
        throw new RangeError(`${spec.network}.${spec.name} must get its gradients once a step`);
      return { layer: this.layer(spec), batch: operation.gradient.slot.rows };
    });
  }
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new RangeError(`this plan has no ${what}`);
  return value;
}
