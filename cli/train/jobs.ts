import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { presets } from '../../src/config/presets.ts';
import { exitCodes, JobError } from './failures.ts';
import type { TrainOptions } from './options.ts';
import type { Output } from './reporter.ts';
import { settings } from './settings.ts';
import type { SweptRun } from './sweep.ts';

/** One run of a sweep, for a process of its own. */
export interface Job {
  readonly run: SweptRun;
  readonly name: string;
  readonly steps: number;
  /** Its directory. */
  readonly path: string;
}

/** The file of this command, and how many of its processes there are at a time. */
export interface JobsCommand {
  readonly file: string;
  readonly jobs: number;
}

/**
 * Does a run in a process of its own, which takes the directory's lock, is told to stop by the signal, and whose lines are
 * written with the run's name in front.
 * @throws JobError with what the process said last, unless the run is done, diverged or was stopped.
 */
export async function doInProcess(
  { run, name, steps, path }: Job,
  { engine, evaluateEvery, checkpointEvery }: TrainOptions,
  { file, jobs }: JobsCommand,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const options = {
    out: path,
    preset: run.preset,
    steps,
    engine,
    'evaluate-every': evaluateEvery,
    'checkpoint-every': checkpointEvery,
    threads: Math.max(1, Math.floor(availableParallelism() / jobs)),
    ...settingsOf(run),
  };
  const args = Object.entries(options).map(([option, value]) => `--${option}=${value}`);
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], {
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

/** What a run's settings differ in from its preset's, as the options say it. */
function settingsOf({ preset, config }: SweptRun): Record<string, string> {
  const differing = settings.filter(({ field }) => field.textOf(config) !== field.textOf(presets[preset]));
  return Object.fromEntries(differing.map(({ option, field }) => [option, field.textOf(config)]));
}

async function eachLine(stream: Readable, take: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream })) take(line);
}
