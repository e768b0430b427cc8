import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TrainedRuns, trainAll } from './command.ts';
import { parseOptions } from './options.ts';

/** A run of a few kilobytes. */
const networks =
  '--preset tiny --engine tfjs-wasm --conv-widths 4_4 --dense-width 8 --latents 3 --discriminator-width 8 --discriminator-depth 2 --batch-size 4';
/** A grid of 54 pictures. */
const smallGrid = '--scale 2 --pos-x 3 --pos-y 3';

export interface Trained extends TrainedRuns {
  readonly text: string;
  readonly aborted: boolean;
}

/** Runs the command with its options in one string; `stopAt` aborts at the first line that it is part of. */
export async function train(
  out: string,
  options: string,
  { stopAt, grid = smallGrid }: { stopAt?: string; grid?: string } = {},
): Promise<Trained> {
  const words = `${networks} ${grid} ${options}`.split(' ').filter(Boolean);
  const parsed = parseOptions([...words, '--out', out]);
  if (!parsed) throw new Error('help was asked for');
  const controller = new AbortController();
  let text = '';
  const output = {
    write(part: string) {
      text += part;
      if (stopAt && part.includes(stopAt)) controller.abort();
    },
  };
  const runs = await trainAll(parsed, output, controller.signal);
  return { ...runs, text, aborted: controller.signal.aborted };
}

/** `node cli/run.mjs cli/train.ts`. */
const command = [
  process.execPath,
  resolve(import.meta.dirname, '../run.mjs'),
  resolve(import.meta.dirname, '../train.ts'),
] as const;

/** The command as a process of its own, with its options in one string. */
export function startCommand(out: string, options: string) {
  const [node, ...args] = command;
  const words = `${networks} ${smallGrid} ${options}`.split(' ').filter(Boolean);
  const child = spawn(node, [...args, ...words, '--out', out]);
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => {
      text += data.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<{ text: string; code: number | null }>((done) =>
    child.on('close', (code) => done({ text, code })),
  );
  const said = (pattern: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (pattern.test(text)) resolve();
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`it never said ${pattern}:\n${text}`)));
    });
  return { ended, said, kill: (signal: NodeJS.Signals) => child.kill(signal) };
}

/** The command as a process of its own, on a small run that no test waits for the end of. */
export function startLongRun(out: string, environment: NodeJS.ProcessEnv = {}) {
  const [node, ...args] = command;
  const child = spawn(
    node,
    [...args, ...`${networks} ${smallGrid}`.split(' '), '--steps', '100000000', '--out', out],
    {
      env: { ...process.env, ...environment },
    },
  );
  let text = '';
  child.stderr.on('data', (data: Buffer) => {
    text += data.toString();
  });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  /** Resolves once it trains. */
  const trains = new Promise<void>((done) =>
    child.stdout.on('data', (data: Buffer) => {
      if (data.toString().includes('/100000000')) done();
    }),
  );
  /** Sends a signal to the process that trains, whether it is the one started here or one that this one started. */
  const send = (signal: NodeJS.Signals) => process.kill(trainingPid(out), signal);
  return { child, ended, trains, send, errors: () => text };
}

/** The process that has a run's directory. */
export function trainingPid(out: string): number {
  return JSON.parse(readFileSync(join(out, 'run.lock'), 'utf8')).pid;
}
