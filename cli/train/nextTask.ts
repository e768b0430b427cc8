/** Resolves in a new task: engines that compute inside their calls leave signals no turn of their own. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
