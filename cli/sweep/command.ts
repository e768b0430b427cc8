import { join } from 'node:path';
import { AppError } from '../../src/errors.ts';
import { shellWord } from '../commandLine.ts';
import { readFileArguments } from '../fileArguments.ts';
import { runHelp, runOptions } from '../train/doPlanned.ts';
import { exitCodes } from '../train/failures.ts';
import { writePlan } from '../train/makePlan.ts';
import { parseOptions, type TrainOptions, command as train } from '../train/options.ts';
import { withOwnImages } from '../train/ownImages.ts';
import { planName } from '../train/plan.ts';
import type { Output } from '../train/reporter.ts';
import { gather } from './gather.ts';
import { kubernetes } from './kubernetes.ts';
import { parallel } from './parallel.ts';
import { slurm } from './slurm.ts';
import { readSubmission, type Submission, type Submitter, writeSubmission } from './submission.ts';

const planHelp = [
  'npm run sweep -- plan --out DIR [--preset quick] [--steps 10000] [--SETTING VALUES ...]',
  '',
  `Writes DIR/${planName}: every run with its number, settings and directory. Options are those of npm run train, lists included.`,
  'A plan may grow: its runs keep their numbers.',
].join('\n');

const gatherHelp = [
  'npm run sweep -- gather DIR',
  '',
  'Writes the records that are there into DIR/runs.json, which the view Compare imports, and prints means over seeds with their',
  'standard deviations, and what is missing, failed or diverged.',
  'Ends with 0 where all runs are done, 3 where all are over and some diverged, 6 where some are not done.',
].join('\n');

const submitters = { slurm, kubernetes, parallel } as const;

/** What there is to do beside `run`, which is a process of its own kind. */
export const tasks = ['plan', 'gather', 'slurm', 'kubernetes', 'parallel'] as const;
export type Task = (typeof tasks)[number];

export const help = [
  'Trains a sweep on a cluster or on this machine: plan it, submit it, gather it.',
  planHelp,
  runHelp,
  gatherHelp,
  ...Object.values(submitters).map((submitter) => submitter.help),
].join('\n\n');

/** With the options of all tasks, to tell what npm made of them. */
export const command = {
  name: 'sweep',
  options: [
    ...new Set([
      ...train.options,
      ...runOptions,
      'project',
      ...Object.values(submitters).flatMap(({ texts, wholes }) => [...Object.keys(texts), ...wholes]),
    ]),
  ],
};

/**
 * Does a task.
 * @param args after its name
 * @returns the exit code
 * @throws AppError UsageError, SweepPlanError and WriteError
 */
export async function doTask(task: Task, args: readonly string[], output: Output): Promise<number> {
  const say = (...lines: string[]) => output.write(`${lines.join('\n')}\n`);
  switch (task) {
    case 'plan': {
      const options = parseOptions(await withOwnImages(args, say));
      if (!options) say(planHelp);
      else await plan(options, args, say);
      return exitCodes.done;
    }
    case 'gather': {
      const given = readFileArguments(args, []);
      if (given?.paths.length === 1) return gather(given.paths[0], output);
      if (given) throw new AppError('UsageError.oneSweep', { count: given.paths.length });
      say(gatherHelp);
      return exitCodes.done;
    }
    case 'slurm':
    case 'kubernetes':
    case 'parallel': {
      const submitter = submitters[task];
      const asked = await readSubmission(args, submitter);
      if (!asked) say(submitter.help);
      else await submit(asked, submitter, say);
      return exitCodes.done;
    }
  }
}

type Say = (...lines: string[]) => void;

async function plan(options: TrainOptions, args: readonly string[], say: Say): Promise<void> {
  const { out, jobs, notices = [] } = options;
  const { runs } = await writePlan(options, 'sweep', ['plan', ...args]);
  const path = join(out, planName);
  const numbers = runs.length === 1 ? 'its number is 0' : `their numbers are 0 to ${runs.length - 1}`;
  say(
    ...notices,
    ...(jobs === null ? [] : ['--jobs has no effect on a plan.']),
    `${path} has ${runs.length === 1 ? '1 run' : `${runs.length} runs`}; ${numbers}.`,
    `Do one: npm run sweep -- run --plan ${shellWord(path)} --index 0`,
    `Do all: npm run sweep -- slurm|kubernetes|parallel ${shellWord(out)}`,
  );
}

async function submit(asked: Submission, submitter: Submitter, say: Say): Promise<void> {
  const files = submitter.files(asked);
  await writeSubmission(asked.folder, files);
  say(...files.map(({ path }) => join(asked.folder, path)), ...submitter.next(asked));
}
