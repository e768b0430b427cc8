import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { RunConfig } from '../src/config/schema.ts';
import type { Peer, PeerName } from './peer.ts';

/** The same training step in PyTorch, in a process of its own; null where `python3` has no torch. */
export async function createTorchPeer(
  name: PeerName,
  config: RunConfig,
  threads: number,
): Promise<Peer | null> {
  // npm runs commands in the project's folder.
  const script = resolve('bench/torch/peer.py');
  const child = spawn('python3', [script, JSON.stringify(config), String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = answersOf(child);
  const version = await answers();
  if (version === 'no python' || version === 'no torch') return null;
  if (version === null) throw new Error('PyTorch ended before it began');
  return {
    name,
    async train(steps) {
      child.stdin.write(`${steps}\n`);
      if ((await answers()) !== 'done') throw new Error('PyTorch ended before its steps were done');
    },
    figures: () => ({ version, threads }),
  };
}

/** The lines that a process prints, one a call; null once it has ended, "no python" where there is none. */
function answersOf(child: ChildProcess): () => Promise<string | null> {
  if (!child.stdout) throw new TypeError('the process has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const missing = new Promise<string>((done) => child.on('error', () => done('no python')));
  return () => Promise.race([missing, lines.next().then(({ value }) => value ?? null)]);
}
