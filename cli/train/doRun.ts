import { type DataShelf, openImages } from '../../src/data/own/opened.ts';
import { en } from '../../src/locale/en/index.ts';
import type { RunRecord } from '../../src/record/runRecord.ts';
import type { PlannedRun } from './plan.ts';
import { type Output, RunReporter } from './reporter.ts';
import type { RunDirectory } from './runDirectory.ts';
import type { RunState } from './runState.ts';
import type { Trainers } from './trainers.ts';
import { TrainedRun } from './trainRun.ts';

/** How a run is done, whatever it is. */
export interface HowToRun {
  /** Steps between evaluations; 0 for one at the end only. */
  readonly evaluateEvery: number;
  /** Seconds between checkpoints. */
  readonly checkpointEvery: number;
  /** Whether to write events for TensorBoard. */
  readonly tensorboard: boolean;
}

/**
 * Does a run, from where its directory stands; the directory is this process's own meanwhile.
 * @param shelf a person's own images
 * @throws AppError OwnDataError where the run's are not there, and what training throws.
 */
export async function doRun(
  run: PlannedRun,
  directory: RunDirectory,
  { evaluateEvery, checkpointEvery, tensorboard }: HowToRun,
  shelf: DataShelf,
  trainers: Trainers,
  output: Output,
  signal: AbortSignal,
): Promise<RunRecord> {
  const { name, steps } = run;
  const state = await directory.readState();
  const done = doneRecord(state, steps);
  if (done) {
    output.write(skipped(name, done));
    return done;
  }
  await openImages(run.config, shelf);
  const trainer = await trainers.create(run.config);
  try {
    const { engine, adapter } = trainer.runsOn;
    const reporter = new RunReporter(output, steps);
    reporter.note(`${name}: ${steps} steps on ${en.engines[engine]} (${adapter}), into ${directory.path}`);
    const task = { run, name, steps, evaluateEvery, checkpointMs: 1000 * checkpointEvery, tensorboard };
    return await new TrainedRun(task, trainer, directory, state, reporter).train(signal);
  } finally {
    trainer.dispose();
  }
}

export function skipped(name: string, { outcome, steps }: RunRecord): string {
  return `${name}: ${outcome === 'diverged' ? 'has diverged' : `has its ${steps} steps`}; skipped.\n`;
}

/** The record of a run with nothing left to do. */
export function doneRecord({ done }: RunState, steps: number): RunRecord | null {
  return done && (done.outcome === 'diverged' || done.steps >= steps) ? done : null;
}
