import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { runWord } from './doPlanned.ts';
import { exitCodes, JobError } from './failures.ts';
import type { Output } from './reporter.ts';

/** One run of a plan, for a process of its own. */
export interface Job {
  readonly name: string;
  /** The plan's file, and the run's number in it. */
  readonly plan: string;
  readonly index: number;
}

/** A command's own file, and the arguments that a person gave it. */
export interface OwnCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Does a run in a process of its own, as `npm run sweep -- run` does it: the process takes the directory's lock,
 * is told to stop by the signal, and its lines are written with the run's name in front.
 * @param jobs how many such processes there are at a time
 * @param threads of each; null for the cores divided among them
 * @throws JobError with what the process said last, unless the run is done, diverged or was stopped.
 */
export async function doInProcess(
  { name, plan, index }: Job,
  { file, jobs, threads }: { readonly file: string; readonly jobs: number; readonly threads: number | null },
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const share = Math.max(1, Math.floor(availableParallelism() / jobs));
  const options = { plan, index, threads: threads ?? share, wait: 0 };
  const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
  const child = spawn(process.execPath, ['--enable-source-maps', file, runWord, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = () => child.kill('SIGTERM');
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  let lastError = '';
  const say = (line: string) =>
    output.write(line.startsWith(`${name}: `) ? `${line}\n` : `${name}: ${line}\n`);
  try {
    const [[code, killedBy]] = await Promise.all([
      once(child, 'exit'),
      eachLine(child.stdout, say),
      eachLine(child.stderr, (line) => {
        if (line !== '') lastError = line;
      }),
    ]);
    if (code === exitCodes.done || code === exitCodes.diverged || signal.aborted) return;
    throw new JobError(
      lastError || `The process ended with ${killedBy ?? code}.`,
      code ?? exitCodes.unexpected,
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) take(line);
}
