import { existsSync, readFileSync } from 'node:fs';

const file = `/proc/self/task/${process.pid}/schedstat`;
const told = existsSync(file);

/**
 * Time of the thread that runs JavaScript, in ms: its processor time where the system tells it (Linux), which leaves
 * out waits for a core that a software driver computes on; else the clock's.
 */
export function mainThreadMs(): number {
  if (!told) return performance.now();
  const [nanoseconds] = readFileSync(file, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
