/** Keys that go on with what the same key or its neighbour began. */
const runKeys: ReadonlySet<string> = new Set([
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
]);
/** Between the keys of one run, in milliseconds at most. */
const pause = 1000;

/**
 * Tells one gesture of a person from the next, by numbers: all that happens from a pointer's coming to the next
 * input is one, and so is a run of arrow keys in one control.
 */
export class Gestures {
  #latest: number;
  #pointerDown = false;
  /** The latest key of a run, if that was the latest input. */
  #key: { readonly target: EventTarget | null; readonly at: number } | null = null;

  /**
   * Listens to the input of a window before anything that acts on it. Counts from `first` on: a run that goes on
   * after a reload has gestures of the page before, which counted from an earlier time.
   */
  constructor(window: Pick<Window, 'addEventListener'>, first = Date.now()) {
    this.#latest = first;
    const options = { capture: true };
    window.addEventListener('pointerdown', ({ isPrimary }) => this.#point(isPrimary), options);
    for (const type of ['pointerup', 'pointercancel'] as const)
      window.addEventListener(
        type,
        ({ isPrimary }) => {
          if (isPrimary) this.#pointerDown = false;
        },
        options,
      );
    window.addEventListener('keydown', (event) => this.#press(event), options);
  }

  /** The number of the gesture that the person is at, or was at last. */
  get current(): number {
    return this.#latest;
  }

  #point(isPrimary: boolean): void {
    // A second finger joins the gesture of the first.
    if (!isPrimary) return;
    this.#pointerDown = true;
    this.#key = null;
    this.#latest++;
  }

  #press({ key, target, timeStamp, repeat }: KeyboardEvent): void {
    // Escape in a drag ends it, and begins nothing.
    if (this.#pointerDown) return;
    const before = this.#key;
    this.#key = runKeys.has(key) ? { target, at: timeStamp } : null;
    const near = before?.target === target && (repeat || timeStamp - before.at <= pause);
    if (!(this.#key && near)) this.#latest++;
  }
}
