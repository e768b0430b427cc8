/**
 * Calls an asynchronous function with the latest of many inputs: one call at a time, and inputs that were
 * overtaken while it ran are dropped. So a dragged slider never queues up work.
 */
export function latestOnly<Input>(call: (input: Input) => Promise<void>): (input: Input) => void {
  let busy = false;
  let waiting: { readonly input: Input } | null = null;

  async function run(input: Input): Promise<void> {
    busy = true;
    try {
      await call(input);
    } finally {
      busy = false;
      const next = waiting;
      waiting = null;
      if (next) void run(next.input);
    }
  }

  return (input) => {
    if (busy) waiting = { input };
    else void run(input);
  };
}
