import type { Trainer } from '../engines/trainer.ts';
import { type CheckedBatch, checkLosses } from './divergence.ts';
import { Pace, type PaceOptions } from './pace.ts';

/** Called before each stage of a step that is done stage by stage, with its number, and waited for. */
export type AtStage = (stage: number) => Promise<void>;

interface Block {
  readonly firstStep: number;
  readonly steps: number;
  readonly submittedAt: number;
  /** Done stage by stage: how long it took says nothing of the trainer. */
  readonly slow: boolean;
  readonly rows: Promise<Float32Array>;
}

/**
 * Blocks of steps that a trainer works on, oldest first, with their pace: a GPU has the next one before the last
 * one's numbers are read.
 */
export class BlockQueue {
  readonly pace: Pace;
  readonly #trainer: Trainer;
  readonly #blocks: Block[] = [];
  #lastDoneAt = Number.NEGATIVE_INFINITY;

  constructor(trainer: Trainer, pace: PaceOptions) {
    this.#trainer = trainer;
    this.pace = new Pace(pace);
  }

  get length(): number {
    return this.#blocks.length;
  }

  /** `only`: see `Trainer.train`. `at`: does one step, stage by stage. */
  submit(steps: number, only: string | null = null, at: AtStage | null = null): void {
    const firstStep = this.#trainer.step + 1;
    const submittedAt = performance.now();
    const rows = at ? this.#trainer.trainByStages(only, at) : this.#trainer.train(steps, only);
    // The queue reports a failure when the block's turn comes; until then nobody listens.
    rows.catch(() => undefined);
    this.#blocks.push({ firstStep, steps, submittedAt, slow: at !== null, rows });
  }

  /**
   * Metrics of the oldest block, once it is done, up to the first loss that is not finite; null if there is no
   * block. Rejects with what the trainer rejects with.
   */
  async next(): Promise<CheckedBatch | null> {
    const block = this.#blocks.shift();
    if (!block) return null;
    const rows = new Float32Array(await block.rows);
    const at = performance.now();
    // Since it was submitted, or since the one before it was done.
    if (!block.slow) this.pace.record(block.steps, at - Math.max(block.submittedAt, this.#lastDoneAt), at);
    this.#lastDoneAt = at;
    return checkLosses({ firstStep: block.firstStep, rows }, this.#trainer.model.columns);
  }

  /** Waits for every block and forgets its numbers. */
  async drop(): Promise<void> {
    await Promise.allSettled(this.#blocks.splice(0).map(({ rows }) => rows));
  }
}
