/** Milliseconds between two charts, and at least between two drawings of one: at most 3 a second each. */
const slot = 45;
const leastRest = 330;
/**
 * A chart that takes long, on a slow or busy machine, rests so many times as long: it must not eat the page's
 * time.
 */
const restPerWork = 12;

interface Entry {
  /** Draws at once, so that its time can be taken. */
  readonly draw: () => void;
  readonly isStale: () => boolean;
  restUntil: number;
}

/**
 * Draws charts in turn, one a task, so that no task of the page grows long however many charts there are. A chart
 * that has nothing new, is out of sight or was drawn a moment ago is passed over.
 */
class Ticker {
  readonly #entries: Entry[] = [];
  #next = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  add(isStale: () => boolean, draw: () => void): () => void {
    const entry: Entry = { draw, isStale, restUntil: 0 };
    this.#entries.push(entry);
    this.#timer ??= setInterval(() => this.#tick(), slot);
    return () => {
      this.#entries.splice(this.#entries.indexOf(entry), 1);
      if (this.#entries.length === 0 && this.#timer !== null) {
        clearInterval(this.#timer);
        this.#timer = null;
      }
    };
  }

  #tick(): void {
    if (document.hidden) return;
    const now = performance.now();
    for (let tried = 0; tried < this.#entries.length; tried++) {
      const entry = this.#entries[this.#next++ % this.#entries.length];
      if (now < entry.restUntil || !entry.isStale()) continue;
      entry.draw();
      const work = performance.now() - now;
      entry.restUntil = now + Math.max(leastRest, work * restPerWork);
      return;
    }
  }
}

export const ticker = new Ticker();
