import { DirectCopies, serveCopies } from './copyStore.ts';
import { RunDatabase } from './runDatabase.ts';

const copies = new DirectCopies(new RunDatabase());

// The page sends a port and nothing else: see WorkerCopies.
self.addEventListener('message', ({ ports }: MessageEvent) => {
  for (const port of ports) serveCopies(port, copies);
});
