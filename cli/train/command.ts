import { basename, join, resolve } from 'node:path';
import type { RunRecord } from '../../src/record/runRecord.ts';
import { engineLabels } from '../../src/ui/engineLabels.ts';
import { type CreateTrainer, openEngine } from './engines.ts';
import { defaultSteps, type TrainOptions } from './options.ts';
import { type Output, RunReporter } from './reporter.ts';
import { RunDirectory } from './runDirectory.ts';
import { summaryTable } from './summary.ts';
import type { SweptRun } from './sweep.ts';
import { TrainedRun } from './trainRun.ts';

/**
 * Does the runs asked for, one after another, and leaves out those that are done. Resolves with the records of all that
 * were begun.
 * @throws AppError for directories that hold other runs, before anything is trained, and for what a run cannot do.
 */
export async function trainAll(
  options: TrainOptions,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord[]> {
  const { out, runs } = options;
  const say = (line: string) => output.write(`${line}\n`);
  const directories: RunDirectory[] = [];
  for (const run of runs) directories.push(await RunDirectory.open(join(out, run.name), run));

  let create: CreateTrainer | null = null;
  const records: RunRecord[] = [];
  for (const [at, run] of runs.entries()) {
    if (signal.aborted) break;
    const directory = directories[at];
    const name = run.name || basename(resolve(out));
    const steps = options.steps ?? defaultSteps[run.preset];
    const done = await finishedRecord(directory, steps);
    if (done) {
      say(
        `${name}: ${done.outcome === 'diverged' ? 'has diverged' : `has its ${done.steps} steps`}; skipped.`,
      );
      records.push(done);
      continue;
    }
    if (!create) {
      const engine = await openEngine(options.engine);
      if (engine.notice) say(engine.notice);
      create = engine.create;
    }
    records.push(await trainOne({ run, name, steps, directory }, options, create, output, signal));
  }
  if (runs.length > 1) say(`\n${summaryTable(records)}`);
  if (signal.aborted) say('Stopped. The same command goes on from here.');
  return records;
}

/** The record of a run with nothing left to do. */
async function finishedRecord(directory: RunDirectory, steps: number): Promise<RunRecord | null> {
  const record = await directory.readRecord();
  if (!record) return null;
  const complete = record.outcome === 'complete' && record.steps >= steps;
  return complete || record.outcome === 'diverged' ? record : null;
}

interface NextRun {
  readonly run: SweptRun;
  readonly name: string;
  readonly steps: number;
  readonly directory: RunDirectory;
}

async function trainOne(
  { run, name, steps, directory }: NextRun,
  { evaluateEvery, checkpointEvery }: TrainOptions,
  create: CreateTrainer,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord> {
  const trainer = await create(run.config);
  try {
    const { engine, adapter } = trainer.backend;
    const reporter = new RunReporter(output, steps);
    reporter.note(`${name}: ${steps} steps on ${engineLabels[engine]} (${adapter}), into ${directory.path}`);
    const task = { run, name, steps, evaluateEvery, checkpointMs: 1000 * checkpointEvery };
    return await new TrainedRun(task, trainer, directory, reporter).train(signal);
  } finally {
    trainer.dispose();
  }
}
