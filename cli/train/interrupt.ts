/** A Ctrl-C that comes again within this time is the same one, handed on by npm as well as by the terminal. */
const sameMs = 1000;

/** A signal that the first Ctrl-C (or SIGTERM) aborts; a second one ends the process at once. */
export function abortOnInterrupt(onFirst: () => void): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  const interrupt = () => {
    if (!controller.signal.aborted) {
      firstAt = performance.now();
      controller.abort();
      onFirst();
    } else if (performance.now() - firstAt > sameMs) process.exit(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return controller.signal;
}
