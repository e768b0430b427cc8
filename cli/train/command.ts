import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { en } from '../../src/locale/en/index.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { failureLine } from '../told.ts';
import { type CreateTrainer, type OpenEngine, openEngine } from './engines.ts';
import { type FailedRun, WriteError } from './failures.ts';
import { doInProcess, type JobsCommand } from './jobs.ts';
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
 * Does the runs asked for and leaves out those that are done. If one fails, the others of a sweep are done all the
 * same, unless nothing can be written any more.
 * @param file this command's own, for the processes of a sweep's runs; without it they are done one after another here
 * @throws AppError for directories that hold other runs, before anything is trained, and where nothing can train.
 */
export async function trainAll(
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
  file?: string,
): Promise<TrainedRuns> {
  const { out, runs, notices = [] } = options;
  const say = (line: string) => output.write(`${line}\n`);
  for (const notice of notices) say(notice);
  const all: NextRun[] = [];
  for (const run of runs)
    all.push({
      run,
      name: run.name || basename(resolve(out)),
      steps: options.steps ?? defaultSteps[run.preset],
      directory: await RunDirectory.open(join(out, run.name), run),
    });

  const trainers = new Trainers(options, say);
  const jobs = file === undefined || runs.length === 1 ? 1 : await jobsOf(options, trainers);
  const doOne = async (next: NextRun) => {
    if (file !== undefined && jobs > 1) return doElsewhere(next, options, { file, jobs }, output, signal);
    return next.directory.whileLocked(() => doRun(next, options, trainers, output, signal));
  };
  const records = new Map<NextRun, RunRecord>();
  const failures: FailedRun[] = [];
  let begun = 0;
  let full = false;
  const work = async () => {
    while (begun < all.length && !signal.aborted && !full) {
      const next = all[begun++];
      try {
        const record = await doOne(next);
        if (record) records.set(next, record);
      } catch (thrown) {
        if (trainers.cannotBeMade) throw thrown;
        failures.push({ name: next.name, thrown });
        if (all.length > 1) say(`${next.name} failed: ${failureLine(thrown)}`);
        full ||= thrown instanceof WriteError && thrown.wholeDisk;
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, work));
  const left = all.length - begun;
  if (full && left > 0) say(`Nothing more can be written, so ${left} of the runs were not begun.`);
  const inOrder = all.flatMap((next) => records.get(next) ?? []);
  if (all.length > 1) say(`\n${summaryTable(inOrder, failures)}`);
  if (signal.aborted) say('Stopped. The same command goes on from here.');
  return { records: inOrder, failures };
}

/** Runs at a time: those asked for, else one a core, but one on a GPU, which a single run keeps busy. */
async function jobsOf({ jobs, runs }: TrainOptions, trainers: Trainers): Promise<number> {
  const most = jobs ?? ((await trainers.engine()) === 'wasm' ? availableParallelism() : 1);
  return Math.min(most, runs.length);
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
  #opened: OpenEngine | null = null;
  /** Whether it failed, so that no run can be trained. */
  cannotBeMade = false;

  constructor(options: TrainOptions, say: (line: string) => void) {
    this.#options = options;
    this.#say = say;
  }

  async create(run: SweptRun): ReturnType<CreateTrainer> {
    const { create } = await this.#open();
    return create(run.config);
  }

  /** The engine that `auto` stands for here. */
  async engine(): Promise<OpenEngine['engine']> {
    const { engine } = this.#options;
    return engine === 'auto' ? (await this.#open()).engine : engine;
  }

  async #open(): Promise<OpenEngine> {
    if (this.#opened) return this.#opened;
    this.cannotBeMade = true;
    const { engine, threads } = this.#options;
    this.#opened = await openEngine(engine, threads);
    this.cannotBeMade = false;
    if (this.#opened.notice) this.#say(this.#opened.notice);
    return this.#opened;
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
    output.write(skipped(name, done));
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

/** The same in a process of its own; null where it was stopped before anything was saved. */
async function doElsewhere(
  { run, name, steps, directory }: NextRun,
  options: TrainOptions,
  jobs: JobsCommand,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord | null> {
  const done = doneRecord(await directory.readState(), steps);
  if (done) {
    output.write(skipped(name, done));
    return done;
  }
  await doInProcess({ run, name, steps, path: directory.path }, options, jobs, output, signal);
  const { done: record, record: stopped } = await directory.readState();
  return record ?? stopped;
}

function skipped(name: string, { outcome, steps }: RunRecord): string {
  return `${name}: ${outcome === 'diverged' ? 'has diverged' : `has its ${steps} steps`}; skipped.\n`;
}

/** The record of a run with nothing left to do. */
function doneRecord({ done }: RunState, steps: number): RunRecord | null {
  return done && (done.outcome === 'diverged' || done.steps >= steps) ? done : null;
}
