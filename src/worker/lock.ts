/** Runs one task at a time, in the order they were asked for: a trainer's calls must not overlap. */
export class Lock {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(task: () => Promise<Result> | Result): Promise<Result> {
    const result = this.#last.then(task);
    // A task that fails is its caller's affair; the next one runs all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
