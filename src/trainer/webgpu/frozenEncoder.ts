import { nothingFrozenError } from '../trainer.ts';
import type { KeptParameters } from './keptParameters.ts';
import type { Pipelines } from './pipelines.ts';
import type { Dispatch } from './plan.ts';
import { Program, type SizeTable } from './program.ts';

interface FrozenEncoderParts {
  readonly pipelines: Pipelines;
  readonly sizes: SizeTable;
  readonly kept: KeptParameters;
  readonly parameters: GPUBuffer;
  /** The plan's pass through the encoder. */
  readonly encode: readonly Dispatch[];
}

/**
 * The plan's encoder on the kept parameters, so that many batches can be encoded by one model while training goes on
 * between them. It takes no memory of its own; in return nothing newer is kept while it is frozen.
 */
export class FrozenEncoder {
  readonly #parts: FrozenEncoderParts;
  /** Made once: what is kept stays in its place. */
  #program: Program | null = null;
  #frozen = false;

  constructor(parts: FrozenEncoderParts) {
    this.#parts = parts;
  }

  get isFrozen(): boolean {
    return this.#frozen;
  }

  /** To be called once the present parameters are kept. */
  freeze(): void {
    this.#program ??= this.#onKept();
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
  }

  get program(): Program {
    if (this.#program && this.#frozen) return this.#program;
    throw nothingFrozenError();
  }

  #onKept(): Program {
    const { pipelines, sizes, kept, parameters, encode } = this.#parts;
    const { copy } = kept;
    if (!copy) throw new RangeError('an encoder is frozen only once its parameters are kept');
    const onCopy = encode.map(({ kernel, buffers }) => ({
      kernel,
      buffers: buffers.map((binding) =>
        binding.buffer === parameters ? { ...binding, buffer: copy } : binding,
      ),
    }));
    return new Program(onCopy, pipelines, sizes);
  }
}
