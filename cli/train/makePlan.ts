import { execFile } from 'node:child_process';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { presetSteps } from '../../src/config/presets.ts';
import { AppError } from '../../src/errors.ts';
import { recordBounds } from '../../src/record/bounds.ts';
import { commandLine } from '../commandLine.ts';
import { differencesOf } from './configFile.ts';
import { makeDirectory, replaceFile } from './files.ts';
import type { TrainOptions } from './options.ts';
import { type PlanBody, type PlannedRun, planName, planText, program, readPlanIfAny } from './plan.ts';

/** The runs that options ask for, in their order. */
export function plannedRuns({ out, runs, steps }: TrainOptions): PlannedRun[] {
  return runs.map(({ name, preset, config }) => ({
    name: name || basename(resolve(out)),
    directory: name || '.',
    preset,
    steps: steps ?? presetSteps[preset],
    config,
  }));
}

/**
 * Writes the plan of what options ask for into their directory, and resolves with it. A plan that is there may
 * grow: its runs keep their numbers, and new ones follow them.
 * @param args of the command that was given
 * @throws AppError SweepPlanError where the directory has the plan of another sweep, and WriteError.
 */
export async function writePlan(
  options: TrainOptions,
  name: 'train' | 'sweep',
  args: readonly string[],
): Promise<PlanBody> {
  const { out, engine, threads, evaluateEvery, checkpointEvery, tensorboard } = options;
  const path = join(out, planName);
  await makeDirectory(out);
  const before = await readPlanIfAny(path);
  const runs = grown(path, before?.runs ?? [], plannedRuns(options));
  if (runs.length > recordBounds.runs)
    throw new AppError('SweepPlanError.tooMany', { count: runs.length, most: recordBounds.runs });
  const plan: PlanBody = {
    made: {
      command: commandLine(name, args),
      program,
      commit: await commitOf(process.cwd()),
      node: process.version,
      at: new Date().toISOString(),
    },
    engine,
    threads,
    evaluateEvery,
    checkpointEvery,
    tensorboard,
    runs,
  };
  await replaceFile(path, planText(plan));
  return plan;
}

/** The runs asked for, those of the plan before first, in its order. */
function grown(path: string, before: readonly PlannedRun[], asked: readonly PlannedRun[]): PlannedRun[] {
  const byDirectory = new Map(asked.map((run) => [run.directory, run]));
  const kept = before.map(({ name, directory, config }) => {
    const run = byDirectory.get(directory);
    if (!run) throw new AppError('SweepPlanError.otherSweep', { path, run: name });
    const differences = differencesOf(config, run.config);
    if (differences.length > 0)
      throw new AppError('SweepPlanError.otherSettings', { path, run: name, differences });
    byDirectory.delete(directory);
    return run;
  });
  return [...kept, ...byDirectory.values()];
}

async function commitOf(folder: string): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: folder });
    return stdout.trim();
  } catch {
    return null;
  }
}
