/** Measures training: how long it took, how fast it goes, and how many steps make a block of a wanted length. */
export class Pace {
  /** Seconds spent in steps since the start. */
  elapsed = 0;
  readonly #targetMs: number;
  readonly #maxSteps: number;
  readonly #window: { readonly at: number; readonly steps: number; readonly ms: number }[] = [];
  #msPerStep: number | null = null;

  /** Blocks of about `targetMs` ms of work, at most `maxSteps` steps. */
  constructor(targetMs: number, maxSteps: number) {
    this.#targetMs = targetMs;
    this.#maxSteps = maxSteps;
  }

  /** Steps that the next block should have: 1 until a step has been timed. */
  get blockSteps(): number {
    if (this.#msPerStep === null) return 1;
    return Math.min(this.#maxSteps, Math.max(1, Math.round(this.#targetMs / this.#msPerStep)));
  }

  /** Records a block that took `ms` and ended at time `now` (ms). */
  record(steps: number, ms: number, now: number): void {
    this.elapsed += ms / 1000;
    const perStep = ms / steps;
    // The first steps compile shaders; a mean that forgets follows the speed within some blocks.
    this.#msPerStep = this.#msPerStep === null ? perStep : 0.7 * this.#msPerStep + 0.3 * perStep;
    this.#window.push({ at: now, steps, ms });
    while (this.#window.length > 1 && now - this.#window[0].at > 2000) this.#window.shift();
  }

  /** Steps a second over the last two seconds, pictures and messages included. */
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
