import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { failureLine } from '../told.ts';
import { DataFolder } from './dataFolder.ts';
import { doneRecord, doRun, skipped } from './doRun.ts';
import { type FailedRun, WriteError } from './failures.ts';
import { doInProcess, type OwnCommand } from './jobs.ts';
import { plannedRuns, writePlan } from './makePlan.ts';
import type { TrainOptions } from './options.ts';
import { directoryOf, type PlannedRun, planName } from './plan.ts';
import type { Output } from './reporter.ts';
import { RunDirectory } from './runDirectory.ts';
import { summaryTable } from './summary.ts';
import { Trainers } from './trainers.ts';

export interface TrainedRuns {
  /** Of all runs that were begun and did not fail. */
  readonly records: readonly RunRecord[];
  readonly failures: readonly FailedRun[];
}

/**
 * Does the runs asked for and leaves out those that are done. If one fails, the others of a sweep are done all the
 * same, unless nothing can be written any more.
 * @param own this command; with it a sweep leaves its plan, and its runs may have processes of their own
 * @throws AppError for directories that hold other runs, before anything is trained, and where nothing can train.
 */
export async function trainAll(
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
  own?: OwnCommand,
): Promise<TrainedRuns> {
  const { out, notices = [] } = options;
  const say = (line: string) => output.write(`${line}\n`);
  for (const notice of notices) say(notice);
  const all: NextRun[] = [];
  for (const run of plannedRuns(options))
    all.push({ run, directory: await RunDirectory.open(directoryOf(out, run), run) });
  const plan = own && all.length > 1 ? await writePlan(options, 'train', own.args) : null;

  const trainers = new Trainers(options, say);
  const jobs = plan ? await jobsOf(options, trainers) : 1;
  const doOne = async (next: NextRun) => {
    if (plan === null || own === undefined || jobs === 1)
      return next.directory.whileLocked(() =>
        doRun(next.run, next.directory, options, new DataFolder(out), trainers, output, signal),
      );
    const index = plan.runs.findIndex(({ directory }) => directory === next.run.directory);
    const job = { name: next.run.name, plan: join(out, planName), index };
    return doElsewhere(
      next,
      () => doInProcess(job, { file: own.file, jobs, threads: options.threads }, output, signal),
      output,
    );
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
        failures.push({ name: next.run.name, thrown });
        if (all.length > 1) say(`${next.run.name} failed: ${failureLine(thrown)}`);
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
  readonly run: PlannedRun;
  readonly directory: RunDirectory;
}

/** A run in a process of its own; null where it was stopped before anything was saved. */
async function doElsewhere(
  { run, directory }: NextRun,
  work: () => Promise<void>,
  output: Output,
): Promise<RunRecord | null> {
  const done = doneRecord(await directory.readState(), run.steps);
  if (done) {
    output.write(skipped(run.name, done));
    return done;
  }
  await work();
  const { done: record, record: stopped } = await directory.readState();
  return record ?? stopped;
}
