import { setImmediate } from 'node:timers/promises';
import type { Trainer } from '../../src/trainer/trainer.ts';
import { BlockQueue, type FinishedBlock } from '../../src/worker/blockQueue.ts';

/** How long a block of steps should take: Ctrl-C acts after it. */
const blockMs = 200;
const maxBlockSteps = 256;

/** Trains in blocks of about a fifth of a second, one ahead of the one whose numbers are read where a GPU works. */
export class Blocks {
  readonly #trainer: Trainer;
  readonly #queue: BlockQueue;
  readonly #depth: number;
  #stepMs: number | null = null;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#queue = new BlockQueue(trainer);
    this.#depth = trainer.backend.backend === 'webgpu' ? 2 : 1;
  }

  /** Steps a second lately; null before the first. */
  get rate(): number | null {
    return this.#stepMs === null ? null : 1000 / this.#stepMs;
  }

  /**
   * The blocks up to a step, in order. No other is begun once `stop` says so; those begun are done, and the trainer
   * has nothing more to do at the end.
   */
  async *upTo(last: number, stop: () => boolean): AsyncGenerator<FinishedBlock> {
    const trainer = this.#trainer;
    try {
      for (;;) {
        while (this.#queue.length < this.#depth && trainer.step < last && !stop())
          this.#queue.submit(Math.min(this.#blockSteps, last - trainer.step));
        const block = await this.#queue.next();
        if (!block) return;
        this.#record(block);
        yield block;
        // Backends that compute inside their calls leave signals no turn of their own.
        await setImmediate();
      }
    } finally {
      await this.#queue.drop();
    }
  }

  get #blockSteps(): number {
    if (this.#stepMs === null) return 1;
    return Math.max(1, Math.min(maxBlockSteps, Math.floor(blockMs / this.#stepMs)));
  }

  #record({ ms, steps }: FinishedBlock): void {
    const stepMs = Math.max(ms, 0.01) / steps;
    // The first step compiles and warms up: the next block replaces it.
    const known = this.#stepMs === null || steps === 1 ? null : this.#stepMs;
    this.#stepMs = known === null ? stepMs : known + 0.1 * (stepMs - known);
  }
}
