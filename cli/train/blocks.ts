import { computesInCalls } from '../../src/config/engines.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { BlockQueue } from '../../src/run/blockQueue.ts';
import type { CheckedBatch } from '../../src/run/divergence.ts';
import type { Pace } from '../../src/run/pace.ts';
import { nextTask } from './nextTask.ts';

/** How long a block of steps should take: Ctrl-C acts after it. */
const blockMs = 200;
const maxBlockSteps = 256;

/** Trains in blocks of about a fifth of a second, one ahead of the one whose numbers are read where a GPU works. */
export class Blocks {
  readonly #trainer: Trainer;
  readonly #queue: BlockQueue;
  readonly #depth: number;

  /** @param elapsed seconds that training took before */
  constructor(trainer: Trainer, elapsed: number) {
    this.#trainer = trainer;
    this.#queue = new BlockQueue(trainer, { blockMs, maxBlockSteps, elapsed });
    this.#depth = computesInCalls(trainer.runsOn) ? 1 : 2;
  }

  get pace(): Pace {
    return this.#queue.pace;
  }

  /**
   * The blocks up to a step, in order. No other is begun once `stop` says so; those begun are done, and the trainer
   * has nothing more to do at the end.
   */
  async *upTo(last: number, stop: () => boolean): AsyncGenerator<CheckedBatch> {
    const trainer = this.#trainer;
    try {
      for (;;) {
        while (this.#queue.length < this.#depth && trainer.step < last && !stop())
          this.#queue.submit(Math.min(this.pace.blockSteps, last - trainer.step));
        const block = await this.#queue.next();
        if (!block) return;
        yield block;
        await nextTask();
      }
    } finally {
      await this.#queue.drop();
      this.pace.pause();
    }
  }
}
