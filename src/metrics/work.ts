/** How a caller follows, paces and cancels a long measure. */
export interface WorkOptions {
  /** Aborting makes the measure reject with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Called with the share that is done, from 0 to 1. */
  readonly onProgress?: (done: number) => void;
  /** Resolves in a new task: a Worker gives its own, so that it can read messages while it measures. */
  readonly nextTask?: () => Promise<void>;
  /** A measure gives way at most this often. */
  readonly sliceMilliseconds?: number;
}

const usualSlice = 12;

/** One long computation: measures tell it where they are, it reports, gives way and stops them. */
export class Work {
  readonly #options: WorkOptions;
  /** Shared with the parts of this work: many short ones must give way too. */
  readonly #slice: { start: number };

  constructor(options: WorkOptions = {}, slice = { start: performance.now() }) {
    this.#options = options;
    this.#slice = slice;
  }

  /**
   * To be awaited between pieces of work, with the share that is done, from 0 to 1.
   * @throws the signal's reason once it is aborted.
   */
  async at(done: number): Promise<void> {
    const { signal, onProgress, nextTask, sliceMilliseconds = usualSlice } = this.#options;
    signal?.throwIfAborted();
    if (performance.now() - this.#slice.start < sliceMilliseconds) return;
    onProgress?.(done);
    await nextTask?.();
    signal?.throwIfAborted();
    this.#slice.start = performance.now();
  }

  /** The part of this work that goes from one share to another, as a work of its own. */
  part(from: number, to: number): Work {
    const { onProgress } = this.#options;
    if (!onProgress) return new Work(this.#options, this.#slice);
    const onPart = (done: number) => onProgress(from + (to - from) * done);
    return new Work({ ...this.#options, onProgress: onPart }, this.#slice);
  }
}
