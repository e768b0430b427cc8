import type { MetricsBatch } from '../model/metricsRow.ts';
import type { Trainer } from '../trainer/trainer.ts';

export interface FinishedBlock {
  readonly batch: MetricsBatch;
  readonly steps: number;
  /** Milliseconds that the block took: since it was submitted, or since the one before it was done. */
  readonly ms: number;
  /** When it was done, on performance.now()'s clock. */
  readonly at: number;
}

interface Block {
  readonly firstStep: number;
  readonly steps: number;
  readonly submittedAt: number;
  readonly rows: Promise<Float32Array>;
}

/** Blocks of steps that a trainer works on, oldest first: a GPU has the next one before the last one's numbers are read. */
export class BlockQueue {
  readonly #trainer: Trainer;
  readonly #blocks: Block[] = [];
  #lastDoneAt = Number.NEGATIVE_INFINITY;

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
  }

  get length(): number {
    return this.#blocks.length;
  }

  submit(steps: number): void {
    const firstStep = this.#trainer.step + 1;
    const submittedAt = performance.now();
    const rows = this.#trainer.train(steps);
    // The queue reports a failure when the block's turn comes; until then nobody listens.
    rows.catch(() => undefined);
    this.#blocks.push({ firstStep, steps, submittedAt, rows });
  }

  /** The oldest block, once it is done; null if there is none. Rejects with what the trainer rejects with. */
  async next(): Promise<FinishedBlock | null> {
    const block = this.#blocks.shift();
    if (!block) return null;
    const rows = new Float32Array(await block.rows);
    const at = performance.now();
    const ms = at - Math.max(block.submittedAt, this.#lastDoneAt);
    this.#lastDoneAt = at;
    return { batch: { firstStep: block.firstStep, rows }, steps: block.steps, ms, at };
  }

  /** Waits for every block and forgets its numbers. */
  async drop(): Promise<void> {
    await Promise.allSettled(this.#blocks.splice(0).map(({ rows }) => rows));
  }
}
