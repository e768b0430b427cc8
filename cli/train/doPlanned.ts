import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '../../src/errors.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { readFileArguments } from '../fileArguments.ts';
import { wholeOption } from '../wholeOption.ts';
import { DataFolder } from './dataFolder.ts';
import { doRun } from './doRun.ts';
import { forgetFailure, noteFailure } from './failureFile.ts';
import { lockTimes } from './lock.ts';
import { mostThreads } from './options.ts';
import { checkProgram, directoryOf, readPlan } from './plan.ts';
import type { Output } from './reporter.ts';
import { RunDirectory } from './runDirectory.ts';
import { Trainers } from './trainers.ts';

/** What begins the arguments of a command that does one run of a plan. */
export const runWord = 'run';
export const runOptions = ['plan', 'index', 'threads', 'wait'] as const;

/** Seconds after which a lock whose process was killed on another machine is stale, with some to spare. */
const defaultWait = (lockTimes.stale + 3 * lockTimes.beat) / 1000;
const retryMs = 1000;

export const runHelp = [
  'npm run sweep -- run --plan DIR/sweep.json [--index N]',
  '',
  'Trains run N of a plan; the first is 0. A run that was begun continues, and for a finished one the command exits with 0 at once.',
  '',
  '  --index N      by default SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, as Slurm and Kubernetes set them',
  '  --threads N    threads of a run on wasm; by default the plan’s, else one a core',
  `  --wait N       seconds to wait while another process has the run’s directory; by default ${defaultWait}`,
].join('\n');

export interface RunArguments {
  /** The plan's file. */
  readonly plan: string;
  readonly index: number;
  readonly threads: number | null;
  /** Seconds. */
  readonly wait: number;
}

/**
 * The arguments after the word; null where help is asked for.
 * @throws AppError UsageError
 */
export function readRunArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): RunArguments | null {
  const given = readFileArguments(args, runOptions);
  if (!given) return null;
  const { options, paths } = given;
  if (paths.length > 0) throw new AppError('UsageError.notAnOption', { argument: paths[0] });
  const plan = options.get('plan');
  if (plan === undefined) throw new AppError('UsageError.noPlan');
  const index = options.get('index') ?? env.SLURM_ARRAY_TASK_ID ?? env.JOB_COMPLETION_INDEX;
  if (index === undefined) throw new AppError('UsageError.noIndex');
  const threads = options.get('threads');
  return {
    plan,
    index: wholeOption('index', index, 0),
    threads: threads === undefined ? null : wholeOption('threads', threads, 1, mostThreads),
    wait: wholeOption('wait', options.get('wait') ?? String(defaultWait), 0),
  };
}

/**
 * Does a run of a plan, from where its directory stands. What goes wrong is noted beside the plan.
 * @throws AppError SweepPlanError for a plan that cannot be used, and what training throws.
 */
export async function doPlanned(
  { plan: path, index, threads, wait }: RunArguments,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord> {
  const plan = await readPlan(path);
  checkProgram(path, plan);
  const run = plan.runs.at(index);
  if (!run) throw new AppError('SweepPlanError.index', { path, index, last: plan.runs.length - 1 });
  const say = (line: string) => output.write(`${line}\n`);
  const trainers = new Trainers({ engine: plan.engine, threads: threads ?? plan.threads }, say);
  const folder = dirname(path);
  try {
    const directory = await RunDirectory.open(directoryOf(folder, run), run);
    const work = () => doRun(run, directory, plan, new DataFolder(folder), trainers, output, signal);
    const record = await whenFree(() => directory.whileLocked(work), wait, say, signal);
    await forgetFailure(folder, run);
    return record;
  } catch (thrown) {
    // Whoever has the directory notes its own failures.
    if (!isLocked(thrown)) await noteFailure(folder, run, thrown);
    throw thrown;
  }
}

/** Tries again while another process has the directory: one that was killed on another machine is noticed late. */
async function whenFree(
  attempt: () => Promise<RunRecord>,
  seconds: number,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<RunRecord> {
  const end = performance.now() + 1000 * seconds;
  for (let told = false; ; told = true)
    try {
      return await attempt();
    } catch (thrown) {
      if (!isLocked(thrown) || signal.aborted || performance.now() >= end) throw thrown;
      if (!told) say(`Waits up to ${seconds} s: ${thrown.message}`);
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
}

function isLocked(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.report.code.startsWith('RunLockedError.');
}
