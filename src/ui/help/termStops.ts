/**
 * The explained words of a panel, of which one is a stop of the Tab key, the first at first; arrow keys go from
 * one to the next, and the one that has the focus becomes the stop. So a page of many words is not a page of many
 * stops.
 */
export class TermStops {
  readonly #terms = new Set<HTMLElement>();
  readonly #listeners = new Set<() => void>();
  #stop: HTMLElement | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  isStop(term: HTMLElement | null): boolean {
    return term !== null && term === this.#stop;
  }

  /** Takes a word in; returns what lets it go again. */
  add(term: HTMLElement): () => void {
    this.#terms.add(term);
    this.#choose(this.#stop ?? term);
    return () => {
      this.#terms.delete(term);
      if (term === this.#stop) this.#choose(this.#inOrder().at(0) ?? null);
    };
  }

  /** The word has the focus. */
  enter(term: HTMLElement): void {
    this.#choose(term);
  }

  /** The word that a key leads to from another; null for keys that lead nowhere. */
  next(from: HTMLElement, key: string): HTMLElement | null {
    const terms = this.#inOrder();
    const at = terms.indexOf(from);
    switch (key) {
      case 'ArrowDown':
      case 'ArrowRight':
        return terms[(at + 1) % terms.length];
      case 'ArrowUp':
      case 'ArrowLeft':
        return terms[(at + terms.length - 1) % terms.length];
      case 'Home':
        return terms[0];
      case 'End':
        return terms[terms.length - 1];
      default:
        return null;
    }
  }

  #inOrder(): HTMLElement[] {
    return [...this.#terms].sort((a, b) =>
      a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
  }

  #choose(term: HTMLElement | null): void {
    if (term === this.#stop) return;
    this.#stop = term;
    for (const listener of this.#listeners) listener();
  }
}
