export interface PaceOptions {
  /** Milliseconds of work that a block should have. */
  readonly blockMs: number;
  readonly maxBlockSteps: number;
  /** Seconds spent in steps before: those of the run that this one goes on from. */
  readonly elapsed?: number;
}

/** How far back the speed looks, in milliseconds. */
const windowMs = 2000;

/** Measures training: how long it took, how fast it goes, and how many steps make a block of a wanted length. */
export class Pace {
  readonly #blockMs: number;
  readonly #maxBlockSteps: number;
  readonly #window: { readonly at: number; readonly steps: number; readonly ms: number }[] = [];
  #elapsed: number;
  #blocks = 0;
  #msPerStep = Number.POSITIVE_INFINITY;

  constructor({ blockMs, maxBlockSteps, elapsed = 0 }: PaceOptions) {
    this.#blockMs = blockMs;
    this.#maxBlockSteps = maxBlockSteps;
    this.#elapsed = elapsed;
  }

  /** Seconds spent in steps since the start. */
  get elapsed(): number {
    return this.#elapsed;
  }

  /** Steps that the next block should have: 1 until a step has been timed. */
  get blockSteps(): number {
    return Math.min(this.#maxBlockSteps, Math.max(1, Math.round(this.#blockMs / this.#msPerStep)));
  }

  /** Records a block that took `ms` and ended at time `now` (ms). */
  record(steps: number, ms: number, now: number): void {
    this.#elapsed += ms / 1000;
    const perStep = ms / steps;
    // The first block compiles and warms up: the second replaces it. After that a mean that forgets follows the
    // speed.
    this.#msPerStep = this.#blocks < 2 ? perStep : 0.7 * this.#msPerStep + 0.3 * perStep;
    this.#blocks++;
    this.#window.push({ at: now, steps, ms });
    while (this.#window.length > 1 && now - this.#window[0].at > windowMs) this.#window.shift();
  }

  /** Steps a second over the last two seconds, with all that was done between blocks; 0 where none was. */
  stepsPerSecond(now: number): number {
    const first = this.#window.at(0);
    if (!first) return 0;
    const steps = this.#window.reduce((sum, block) => sum + block.steps, 0);
    return (steps * 1000) / Math.max(now - first.at + first.ms, 1);
  }

  /** Forgets the speed, as after a pause; keeps the elapsed time. */
  pause(): void {
    this.#window.length = 0;
  }
}
