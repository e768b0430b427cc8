import { useSyncExternalStore } from 'react';

/**
 * The page's width in rem, the unit of all text: half as much with text of twice the size. Styles ask for it by
 * `@container page`.
 */
class Room {
  #rem = Number.POSITIVE_INFINITY;
  #textScale = 1;
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#measure();
    new ResizeObserver(() => this.#measure()).observe(document.documentElement);
    // As wide as text is large, whatever the window does.
    const probe = document.createElement('div');
    probe.style.cssText = 'position: absolute; width: 1rem; visibility: hidden';
    document.body.append(probe);
    new ResizeObserver(() => this.#measure()).observe(probe);
  }

  /** Size of the text, 1 for a browser's usual 16 pixels. */
  get textScale(): number {
    return this.#textScale;
  }

  get rem(): number {
    return this.#rem;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #measure(): void {
    const root = document.documentElement;
    const size = Number.parseFloat(getComputedStyle(root).fontSize);
    this.#textScale = size / 16;
    this.#rem = root.clientWidth / size;
    for (const listener of this.#listeners) listener();
  }
}

/**
 * On a small screen, by its width in rem, the run's controls and gamma stay in reach of the thumb, at the foot.
 */
export const smallScreen = 47.4375;

const room = new Room();

/** Whether the page is at most so many rem wide. */
export function useNarrow(rem: number): boolean {
  return useSyncExternalStore(room.subscribe, () => room.rem <= rem);
}

/** How much larger than usual text is: for what is laid out around text in pixels. */
export function useTextScale(): number {
  return useSyncExternalStore(room.subscribe, () => room.textScale);
}
