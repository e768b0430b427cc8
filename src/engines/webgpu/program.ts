import type { Product } from '../../plan/product.ts';
import type { LiveValues } from '../plan/device.ts';
import { learns } from '../players.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import type { Kernel } from './kernels/kernel.ts';
import { liveStride, writeLive } from './kernels/live.ts';
import type { GpuMemory } from './memory.ts';
import type { Pipelines } from './pipelines.ts';

interface Command {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly updates: string | null;
}

/** A kernel and its buffers, by the kernel's names for them. */
export interface Dispatch {
  readonly kernel: Kernel;
  readonly buffers: Readonly<Record<string, GPUBufferBinding>>;
  /** The optimiser whose parameters it updates. */
  readonly updates?: string;
  /** What it computes, where that is a product of matrices. */
  readonly product?: { readonly product: Product; readonly epilogue: Epilogue };
}

/** A list of dispatches with everything made that a GPU needs to run it. */
export class Program {
  readonly #commands: readonly Command[];

  constructor(dispatches: readonly Dispatch[], pipelines: Pipelines, sizes: SizeTable) {
    this.#commands = dispatches.map(({ kernel, buffers, updates = null }) => {
      const [x, y, z] = kernel.workgroups;
      const group = pipelines.bindGroup(kernel, buffers, sizes.binding(kernel));
      return { pipeline: pipelines.pipeline(kernel), group, x, y, z, updates };
    });
  }

  get length(): number {
    return this.#commands.length;
  }

  /**
   * `only`: the optimiser that updates its parameters; null for all. `within`: from one dispatch to before
   * another, by their numbers; all where left out.
   */
  encode(
    pass: GPUComputePassEncoder,
    only: string | null = null,
    within: readonly [number, number] = [0, this.length],
  ): void {
    let current: GPUComputePipeline | null = null;
    for (const { pipeline, group, x, y, z, updates } of this.#commands.slice(...within)) {
      if (updates !== null && !learns(updates, only)) continue;
      if (pipeline !== current) pass.setPipeline(pipeline);
      current = pipeline;
      pass.setBindGroup(1, group);
      pass.dispatchWorkgroups(x, y, z);
    }
  }
}

/** A pass that does a program `count` times, with the live values of the first slot. */
export function encodeAlone(
  encoder: GPUCommandEncoder,
  program: Program,
  live: LiveSlots,
  count = 1,
  descriptor: GPUComputePassDescriptor = {},
): void {
  const pass = encoder.beginComputePass(descriptor);
  live.bind(pass, 0);
  for (let i = 0; i < count; i++) program.encode(pass);
  pass.end();
}

/** The sizes of the kernels that share pipelines, in one uniform buffer. */
export class SizeTable {
  readonly #places = new Map<string, GPUBufferBinding>();

  constructor(kernels: readonly Kernel[], memory: GpuMemory, queue: GPUQueue) {
    const distinct = new Map(kernels.flatMap(({ sizes }) => (sizes ? [[sizes.join(), sizes] as const] : [])));
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    const buffer = memory.raw('sizes of layers', 'tables', distinct.size * liveStride, usage);
    let offset = 0;
    for (const [key, sizes] of distinct) {
      queue.writeBuffer(buffer, offset, sizes);
      this.#places.set(key, { buffer, offset, size: sizes.byteLength });
      offset += liveStride;
    }
  }

  binding({ sizes }: Kernel): GPUBufferBinding | undefined {
    return sizes && this.#places.get(sizes.join());
  }
}

/** The live values of the steps of one submit, written together before it. */
export class LiveSlots {
  readonly #buffer: GPUBuffer;
  readonly #group: GPUBindGroup;
  readonly #view: DataView<ArrayBuffer>;

  /** A slot for kernels that run without a plan. */
  static single(memory: GpuMemory, pipelines: Pipelines): LiveSlots {
    const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST;
    return new LiveSlots(memory.raw('live values', 'transfer', liveStride, usage), pipelines);
  }

  constructor(buffer: GPUBuffer, pipelines: Pipelines) {
    this.#buffer = buffer;
    this.#group = pipelines.liveGroup(buffer);
    this.#view = new DataView(new ArrayBuffer(buffer.size));
  }

  set(slot: number, live: LiveValues): void {
    writeLive(this.#view, slot * liveStride, live);
  }

  /** Sends the first `count` slots. */
  upload(queue: GPUQueue, count: number): void {
    queue.writeBuffer(this.#buffer, 0, this.#view.buffer, 0, count * liveStride);
  }

  /** Makes the dispatches that follow in `pass` see the values of `slot`. */
  bind(pass: GPUComputePassEncoder, slot: number): void {
    pass.setBindGroup(0, this.#group, [slot * liveStride]);
  }
}
