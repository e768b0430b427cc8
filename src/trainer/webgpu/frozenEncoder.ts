import { AppError } from '../../errors.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { GpuMemory } from './memory.ts';
import { encoderLength, type ParameterLayout } from './parameterLayout.ts';
import type { Pipelines } from './pipelines.ts';
import type { Dispatch } from './plan.ts';
import { Program, type SizeTable } from './program.ts';

interface FrozenEncoderParts {
  readonly guard: DeviceGuard;
  readonly memory: GpuMemory;
  readonly pipelines: Pipelines;
  readonly sizes: SizeTable;
  readonly layout: ParameterLayout;
  readonly parameters: GPUBuffer;
  /** The plan's pass through the encoder. */
  readonly encode: readonly Dispatch[];
}

/**
 * The plan's encoder on a copy of its parameters, so that many batches can be encoded by one model while training goes
 * on between them. The copy's memory, that of the encoder's parameters, is taken when it is first made.
 */
export class FrozenEncoder {
  readonly #parts: FrozenEncoderParts;
  #frozen: { readonly copy: GPUBuffer; readonly program: Program } | null = null;

  constructor(parts: FrozenEncoderParts) {
    this.#parts = parts;
  }

  /** Copies the parameters as the steps submitted so far leave them; nothing is waited for. */
  freeze(): void {
    const { guard, parameters } = this.#parts;
    guard.check();
    this.#frozen ??= this.#allocate();
    const { copy } = this.#frozen;
    const encoder = guard.device.createCommandEncoder();
    encoder.copyBufferToBuffer(parameters, 0, copy, 0, copy.size);
    guard.device.queue.submit([encoder.finish()]);
  }

  get program(): Program {
    if (!this.#frozen) throw new AppError('NothingFrozenError', 'No encoder of this run was frozen.');
    return this.#frozen.program;
  }

  #allocate() {
    const { memory, pipelines, sizes, layout, parameters, encode } = this.#parts;
    const copy = memory.storage('the frozen encoder', 'kept', encoderLength(layout));
    const onCopy = encode.map(({ kernel, buffers }) => ({
      kernel,
      buffers: buffers.map((binding) =>
        binding.buffer === parameters ? { ...binding, buffer: copy } : binding,
      ),
    }));
    return { copy, program: new Program(onCopy, pipelines, sizes) };
  }
}
