/** How often the Worker is asked whether it still answers. */
const askEveryMs = 1000;
/** Before the first step, when kernels are compiled and files fetched, a Worker may be busy for long. */
const patienceAtFirst = 30;
/** After that, it looks at its messages between blocks of steps. */
const leastPatience = 6;
/** A step that takes seconds is no hang: so many times the longest wait so far is still nothing to tell. */
const patiencePerWait = 4;

export interface HeartbeatOptions {
  /** Resolves once the Worker answers. */
  readonly ask: () => Promise<unknown>;
  /** Whether it has trained a step, so that it should answer soon. */
  readonly trained: () => boolean;
  /** Called when the Worker stops answering, and when it answers again. */
  readonly onChange: (answers: boolean) => void;
}

/**
 * Tells a Worker that hangs from one that is busy. Waits are counted in ticks of the page's own timer, not by the
 * clock: a page that was asleep or held back does not take that time for the Worker's.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #timer: ReturnType<typeof setInterval> | null = null;
  /** Ticks since a question that is not answered; null while none is open. */
  #waited: number | null = null;
  #longest = 0;
  #answers = true;
  /** Answers to questions of an earlier Worker are not this one's. */
  #generation = 0;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  start(): void {
    this.stop();
    this.#timer = setInterval(() => this.#tick(), askEveryMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#generation++;
    this.#waited = null;
    this.#longest = 0;
    this.#tell(true);
  }

  #tick(): void {
    if (this.#waited === null) this.#ask();
    else if (++this.#waited >= this.#patience) this.#tell(false);
  }

  get #patience(): number {
    if (!this.#options.trained()) return patienceAtFirst;
    return Math.max(leastPatience, patiencePerWait * this.#longest);
  }

  #ask(): void {
    const generation = this.#generation;
    this.#waited = 0;
    this.#options.ask().then(
      () => {
        if (generation !== this.#generation) return;
        this.#longest = Math.max(this.#longest, (this.#waited ?? 0) + 1);
        this.#waited = null;
        this.#tell(true);
      },
      // A Worker that was lost is told elsewhere.
      () => {
        if (generation === this.#generation) this.stop();
      },
    );
  }

  #tell(answers: boolean): void {
    if (this.#answers === answers) return;
    this.#answers = answers;
    this.#options.onChange(answers);
  }
}
