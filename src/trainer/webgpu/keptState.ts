import type { DeviceGuard } from './deviceGuard.ts';
import { findNonFinite } from './kernels/finite.ts';
import type { Kernel } from './kernels/kernel.ts';
import type { GpuMemory } from './memory.ts';
import type { Pipelines } from './pipelines.ts';
import type { PlanBuffers } from './planBuffers.ts';
import { type LiveSlots, Program, type SizeTable } from './program.ts';
import { readBuffers } from './readback.ts';

/** A copy of parameters and moments on the GPU. Its memory is taken when something is first kept, and reported. */
export class KeptState {
  readonly kernel: Kernel;
  readonly #guard: DeviceGuard;
  readonly #memory: GpuMemory;
  readonly #buffers: PlanBuffers;
  readonly #flag: GPUBuffer;
  #program: Program | null = null;
  #copies: readonly (readonly [state: GPUBuffer, copy: GPUBuffer])[] | null = null;

  constructor(guard: DeviceGuard, memory: GpuMemory, buffers: PlanBuffers) {
    this.#guard = guard;
    this.#memory = memory;
    this.#buffers = buffers;
    this.#flag = memory.storage('a flag', 'transfer', 4);
    this.kernel = findNonFinite(buffers.parameters.size / 4);
  }

  /** Makes the program of the check, once its kernel is compiled. */
  prepare(pipelines: Pipelines, sizes: SizeTable): void {
    const buffers = [{ buffer: this.#buffers.parameters }, { buffer: this.#flag }];
    this.#program = new Program([{ kernel: this.kernel, buffers }], pipelines, sizes);
  }

  /** Copies the state if every parameter is finite; resolves to whether it did. */
  async save(live: LiveSlots): Promise<boolean> {
    this.#guard.check();
    const { device } = this.#guard;
    const check = device.createCommandEncoder();
    check.clearBuffer(this.#flag);
    const pass = check.beginComputePass();
    live.bind(pass, 0);
    this.#program?.encode(pass);
    pass.end();
    device.queue.submit([check.finish()]);
    const [bytes] = await readBuffers(this.#guard, [{ buffer: this.#flag, size: 4 }]);
    if (new Uint32Array(bytes)[0] !== 0) return false;
    this.#copies ??= this.#allocate();
    this.#copy(this.#copies);
    return true;
  }

  restore(): void {
    this.#guard.check();
    if (this.#copies) this.#copy(this.#copies.map(([state, copy]) => [copy, state] as const));
  }

  #allocate(): (readonly [GPUBuffer, GPUBuffer])[] {
    const { parameters, firstMoment, secondMoment } = this.#buffers;
    return [parameters, firstMoment, secondMoment].map((state) => {
      const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      return [state, this.#memory.raw('the kept state', 'kept', state.size, usage)] as const;
    });
  }

  #copy(pairs: readonly (readonly [from: GPUBuffer, to: GPUBuffer])[]): void {
    const encoder = this.#guard.device.createCommandEncoder();
    for (const [from, to] of pairs) encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    this.#guard.device.queue.submit([encoder.finish()]);
  }
}
