import type { DeviceGuard } from './deviceGuard.ts';
import { findNonFinite } from './kernels/finite.ts';
import type { Kernel } from './kernels/kernel.ts';
import type { GpuMemory } from './memory.ts';
import type { Pipelines } from './pipelines.ts';
import type { PlanMemory } from './planMemory.ts';
import { type Dispatch, encodeAlone, type LiveSlots, Program, type SizeTable } from './program.ts';
import { readBuffers } from './readback.ts';

/**
 * A copy of the parameters on the GPU, to go back to, and to measure while training goes on. Its memory is taken
 * when something is first kept, and reported.
 * Adam's moments are not kept: they would take twice the memory of the parameters, and those from just before a
 * run diverged are what drove it there.
 */
export class KeptParameters {
  readonly kernel: Kernel;
  readonly #guard: DeviceGuard;
  readonly #memory: GpuMemory;
  readonly #buffers: PlanMemory;
  readonly #flag: GPUBuffer;
  #program: Program | null = null;
  #copy: GPUBuffer | null = null;

  constructor(guard: DeviceGuard, memory: GpuMemory, buffers: PlanMemory) {
    this.#guard = guard;
    this.#memory = memory;
    this.#buffers = buffers;
    this.#flag = memory.storage('a flag', 'transfer', 4);
    this.kernel = findNonFinite(buffers.parameters.size / 4);
  }

  /** Makes the program of the check, once its kernel is compiled. */
  prepare(pipelines: Pipelines, sizes: SizeTable): void {
    const buffers = { parameters: { buffer: this.#buffers.parameters }, flag: { buffer: this.#flag } };
    this.#program = new Program([{ kernel: this.kernel, buffers }], pipelines, sizes);
  }

  /** Whether every parameter is finite. */
  async isFinite(live: LiveSlots): Promise<boolean> {
    this.#guard.check();
    const { device } = this.#guard;
    const check = device.createCommandEncoder();
    check.clearBuffer(this.#flag);
    if (this.#program) encodeAlone(check, this.#program, live);
    device.queue.submit([check.finish()]);
    const [bytes] = await readBuffers(this.#guard, [{ buffer: this.#flag, size: 4 }]);
    return new Uint32Array(bytes)[0] === 0;
  }

  /** Copies the parameters, in place of the last copy. */
  save(): void {
    const { parameters } = this.#buffers;
    // Never bound as a whole: a kernel sees a layer of it.
    this.#copy ??= this.#memory.storage('the kept parameters', 'kept', parameters.size / 4, 0);
    const copy = this.#guard.device.createCommandEncoder();
    copy.copyBufferToBuffer(parameters, 0, this.#copy, 0, parameters.size);
    this.#guard.device.queue.submit([copy.finish()]);
  }

  /**
   * Dispatches that see the copy in place of the parameters, so that many batches can be encoded by one model
   * while training goes on between them.
   */
  inPlaceOf(dispatches: readonly Dispatch[]): Dispatch[] {
    const copy = this.#copy;
    if (!copy) throw new RangeError('nothing was kept yet');
    const { parameters } = this.#buffers;
    return dispatches.map(({ kernel, buffers }) => {
      const onCopy = Object.entries(buffers).map(([name, binding]) => [
        name,
        binding.buffer === parameters ? { ...binding, buffer: copy } : binding,
      ]);
      return { kernel, buffers: Object.fromEntries(onCopy) };
    });
  }

  /** Puts the kept parameters back and starts the optimisers afresh. */
  restore(): void {
    this.#guard.check();
    if (!this.#copy) return;
    const { parameters, firstMoment, secondMoment } = this.#buffers;
    const encoder = this.#guard.device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.#copy, 0, parameters, 0, parameters.size);
    encoder.clearBuffer(firstMoment);
    encoder.clearBuffer(secondMoment);
    this.#guard.device.queue.submit([encoder.finish()]);
  }
}
