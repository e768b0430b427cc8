/** Between two charts, and at least between two drawings of one: at most 4 a second each, never two in one task. */
const slot = 40;
const rest = 250;

interface Entry {
  readonly draw: () => void;
  readonly isStale: () => boolean;
  lastDrawn: number;
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
    const entry: Entry = { draw, isStale, lastDrawn: 0 };
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
      if (now - entry.lastDrawn < rest || !entry.isStale()) continue;
      entry.lastDrawn = now;
      entry.draw();
      return;
    }
  }
}

export const ticker = new Ticker();
