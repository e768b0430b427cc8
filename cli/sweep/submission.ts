import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../src/errors.ts';
import { shellWord } from '../commandLine.ts';
import { readFileArguments } from '../fileArguments.ts';
import { makeDirectory, replaceFile } from '../train/files.ts';
import { checkProgram, planName, readPlan, type SweepPlan } from '../train/plan.ts';
import { wholeOption } from '../wholeOption.ts';

/** A text of an option, and what it may look like: it becomes a part of a script. */
export interface TextOption {
  readonly pattern: RegExp;
  /** As in "must be ...". */
  readonly allowed: string;
  readonly byDefault: string | null;
}

/** What a writer of submissions was asked to do. */
export interface Submission {
  /** The sweep's. */
  readonly folder: string;
  readonly plan: SweepPlan;
  /** The checkout whose commands do the runs, where they are done. */
  readonly project: string;
  /** An option's text, or what it is by default; undefined for one that has neither. */
  text(name: string): string | undefined;
  whole(name: string, byDefault: number): number;
}

/** A way to submit a sweep. */
export interface Submitter {
  readonly help: string;
  readonly texts: Readonly<Record<string, TextOption>>;
  /** Options that take a whole number from 1 on. */
  readonly wholes: readonly string[];
  files(asked: Submission): SubmissionFile[];
  /** What to type next. */
  next(asked: Submission): string[];
}

/** A file of a submission, by its path in the sweep's folder. */
export interface SubmissionFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/**
 * Reads DIR and options; null where help is asked for.
 * @throws AppError UsageError and SweepPlanError
 */
export async function readSubmission(
  args: readonly string[],
  { texts, wholes }: Submitter,
): Promise<Submission | null> {
  const given = readFileArguments(args, ['project', ...Object.keys(texts), ...wholes]);
  if (!given) return null;
  const { paths, options } = given;
  if (paths.length !== 1) throw new AppError('UsageError.oneSweep', { count: paths.length });
  const [folder] = paths;
  for (const [option, { pattern, allowed }] of Object.entries(texts)) {
    const text = options.get(option);
    if (text !== undefined && !pattern.test(text))
      throw new AppError('UsageError.allowed', { option, allowed, given: text });
  }
  const path = join(folder, planName);
  const plan = await readPlan(path);
  checkProgram(path, plan);
  return {
    folder,
    plan,
    project: projectOf(options.get('project')),
    text: (name) => options.get(name) ?? texts[name]?.byDefault ?? undefined,
    whole: (name, byDefault) => wholeOption(name, options.get(name) ?? String(byDefault), 1),
  };
}

/** A checkout that is named need not be there: the runs may be done elsewhere. */
function projectOf(named: string | undefined): string {
  if (named !== undefined) return resolve(named);
  const here = process.cwd();
  if (!existsSync(join(here, 'cli/run.mjs'))) throw new AppError('UsageError.noProject', { path: here });
  return here;
}

/** The command of the sweep as words of a shell; `project` is a variable of the script. */
export const sweepCommand = 'node "$project/cli/run.mjs" "$project/cli/sweep.ts"';
export const projectLine = ({ project }: Submission) => `project=\${PROJECT:-${shellWord(project)}}`;

/** What jobs and pods are called after: the name of the folder, in small letters, digits and hyphens. */
export function submissionName(folder: string): string {
  const plain = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return `sweep-${plain}`.slice(0, 50).replace(/-$/, '');
}

export async function writeSubmission(folder: string, files: readonly SubmissionFile[]): Promise<void> {
  for (const { path, text, executable } of files) {
    const full = join(folder, path);
    await makeDirectory(dirname(full));
    await replaceFile(full, text);
    if (executable) await chmod(full, 0o755);
  }
}
