import { basename, join, resolve } from 'node:path';
import { en } from '../../src/locale/en/index.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { failureLine } from '../told.ts';
import { type CreateTrainer, openEngine } from './engines.ts';
import { type FailedRun, WriteError } from './failures.ts';
import { defaultSteps, type TrainOptions } from './options.ts';
import { type Output, RunReporter } from './reporter.ts';
import { RunDirectory } from './runDirectory.ts';
import type { RunState } from './runState.ts';
import { summaryTable } from './summary.ts';
import type { SweptRun } from './sweep.ts';
import { TrainedRun } from './trainRun.ts';

export interface TrainedRuns {
  /** Of all runs that were begun and did not fail. */
  readonly records: readonly RunRecord[];
  readonly failures: readonly FailedRun[];
}

/**
 * Does the runs asked for, one after another, and leaves out those that are done. One that fails does not keep the
 * others of a sweep from being done, unless nothing can be written any more.
 * @throws AppError for directories that hold other runs, before anything is trained, and where nothing can train.
 */
export async function trainAll(
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
): Promise<TrainedRuns> {
  const { out, runs, notices = [] } = options;
  const say = (line: string) => output.write(`${line}\n`);
  for (const notice of notices) say(notice);
  const directories: RunDirectory[] = [];
  for (const run of runs) directories.push(await RunDirectory.open(join(out, run.name), run));

  const trainers = new Trainers(options, say);
  const records: RunRecord[] = [];
  const failures: FailedRun[] = [];
  for (const [at, run] of runs.entries()) {
    if (signal.aborted) break;
    const directory = directories[at];
    const steps = options.steps ?? defaultSteps[run.preset];
    const name = run.name || basename(resolve(out));
    const next = { run, name, steps, directory };
    try {
      records.push(await directory.whileLocked(() => doRun(next, options, trainers, output, signal)));
    } catch (thrown) {
      if (trainers.cannotBeMade) throw thrown;
      failures.push({ name, thrown });
      if (runs.length === 1) break;
      say(`${name} failed: ${failureLine(thrown)}`);
      const left = runs.length - at - 1;
      if (left === 0 || !(thrown instanceof WriteError && thrown.wholeDisk)) continue;
      say(`Nothing more can be written, so ${left} of the runs were not begun.`);
      break;
    }
  }
  if (runs.length > 1) say(`\n${summaryTable(records, failures)}`);
  if (signal.aborted) say('Stopped. The same command goes on from here.');
  return { records, failures };
}

interface NextRun {
  readonly run: SweptRun;
  readonly name: string;
  readonly steps: number;
  readonly directory: RunDirectory;
}

/** What trains, made ready when the first run needs it. */
class Trainers {
  readonly #options: TrainOptions;
  readonly #say: (line: string) => void;
  #create: CreateTrainer | null = null;
  /** Whether it failed, so that no run can be trained. */
  cannotBeMade = false;

  constructor(options: TrainOptions, say: (line: string) => void) {
    this.#options = options;
    this.#say = say;
  }

  async create(run: SweptRun): ReturnType<CreateTrainer> {
    this.#create ??= await this.#open();
    return this.#create(run.config);
  }

  async #open(): Promise<CreateTrainer> {
    this.cannotBeMade = true;
    const engine = await openEngine(this.#options.engine);
    this.cannotBeMade = false;
    if (engine.notice) this.#say(engine.notice);
    return engine.create;
  }
}

async function doRun(
  next: NextRun,
  { evaluateEvery, checkpointEvery }: TrainOptions,
  trainers: Trainers,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord> {
  const { run, name, steps, directory } = next;
  const state = await directory.readState();
  const done = doneRecord(state, steps);
  if (done) {
    output.write(
      `${name}: ${done.outcome === 'diverged' ? 'has diverged' : `has its ${done.steps} steps`}; skipped.\n`,
    );
    return done;
  }
  const trainer = await trainers.create(run);
  try {
    const { engine, adapter } = trainer.runsOn;
    const reporter = new RunReporter(output, steps);
    reporter.note(`${name}: ${steps} steps on ${en.engines[engine]} (${adapter}), into ${directory.path}`);
    const task = { run, name, steps, evaluateEvery, checkpointMs: 1000 * checkpointEvery };
    return await new TrainedRun(task, trainer, directory, state, reporter).train(signal);
  } finally {
    trainer.dispose();
  }
}

/** The record of a run with nothing left to do. */
function doneRecord({ done }: RunState, steps: number): RunRecord | null {
  return done && (done.outcome === 'diverged' || done.steps >= steps) ? done : null;
}
