import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type NamedGroup, namedGroups } from '../../src/record/namedGroups.ts';
import { runsJson } from '../../src/record/runFile.ts';
import { parseRunRecord, type RunRecord } from '../../src/record/runRecord.ts';
import { alignedTable } from '../table.ts';
import { failureLine } from '../told.ts';
import { checkSettings } from '../train/configFile.ts';
import { readFailure } from '../train/failureFile.ts';
import { exitCodes } from '../train/failures.ts';
import { readIfAny, replaceFile } from '../train/files.ts';
import { directoryOf, type PlannedRun, planName, readPlan } from '../train/plan.ts';
import type { Output } from '../train/reporter.ts';
import { names } from '../train/runState.ts';
import { results } from '../train/summary.ts';

/** All records of a sweep as one file, which the page's view Compare imports. */
export const gatheredName = 'runs.json';

/** How a run of a plan stands. */
type Standing =
  | { readonly kind: 'done' | 'diverged' | 'unfinished'; readonly record: RunRecord }
  | { readonly kind: 'failed'; readonly record: RunRecord | null; readonly why: string }
  | { readonly kind: 'begun' | 'missing'; readonly record: null };

interface StandingRun {
  readonly run: PlannedRun;
  readonly standing: Standing;
}

/**
 * Writes the records of a sweep's runs, as far as there are any, into one file, and says how the sweep stands.
 * @returns an exit code: `done`, `diverged` where all is over, `unfinished` where not
 * @throws AppError SweepPlanError and WriteError.
 */
export async function gather(folder: string, output: Output): Promise<number> {
  const { runs } = await readPlan(join(folder, planName));
  const all: StandingRun[] = [];
  for (const run of runs) all.push({ run, standing: await standingOf(folder, run) });
  const records = all.flatMap(({ standing }) => standing.record ?? []);
  const path = join(folder, gatheredName);
  await replaceFile(path, runsJson(records));

  const done = all.flatMap(({ standing }) => (standing.kind === 'done' ? [standing.record] : []));
  const lines = [
    ...(done.length > 0 ? [...groupTable(namedGroups(done)), ''] : []),
    `${done.length} of ${all.length} runs are done. ${path} has the records: ${records.length}.`,
    ...all.flatMap(({ run, standing }) => sentenceOf(run, standing) ?? []),
    ...engineNotice(records),
  ];
  output.write(`${lines.join('\n')}\n`);
  if (done.length === all.length) return exitCodes.done;
  const over = all.every(({ standing: { kind } }) => kind === 'done' || kind === 'diverged');
  return over ? exitCodes.diverged : exitCodes.unfinished;
}

async function standingOf(folder: string, run: PlannedRun): Promise<Standing> {
  const directory = directoryOf(folder, run);
  let record: RunRecord | null = null;
  try {
    const bytes = await readIfAny(join(directory, names.record));
    if (bytes) {
      const read = parseRunRecord(new TextDecoder().decode(bytes), join(directory, names.record));
      checkSettings(directory, read.config, run.config);
      record = read;
    }
  } catch (thrown) {
    return { kind: 'failed', record: null, why: failureLine(thrown) };
  }
  if (record?.outcome === 'diverged') return { kind: 'diverged', record };
  if (record?.outcome === 'complete' && record.steps >= run.steps) return { kind: 'done', record };
  const failure = await readFailure(folder, run);
  if (failure) return { kind: 'failed', record, why: `${failure.error} (on ${failure.host}, ${failure.at})` };
  if (record) return { kind: 'unfinished', record };
  return { kind: existsSync(join(directory, names.config)) ? 'begun' : 'missing', record: null };
}

/** What there is to say of a run that is not done. */
function sentenceOf({ name, steps }: PlannedRun, standing: Standing): string | null {
  switch (standing.kind) {
    case 'done':
      return null;
    case 'diverged':
      return `${name} has diverged after step ${standing.record.steps}.`;
    case 'unfinished':
      return `${name} is unfinished: step ${standing.record.steps} of ${steps} is saved.`;
    case 'begun':
      return `${name} is unfinished: nothing is saved yet.`;
    case 'missing':
      return `${name} is missing: it was never begun.`;
    case 'failed':
      return `${name} failed: ${standing.why}`;
  }
}

/** A row for runs of the same settings: of each number the mean over seeds and the standard deviation. */
function groupTable(groups: readonly NamedGroup[]): string[] {
  const head = ['settings', 'runs', ...results.map((result) => result.head)];
  const rows = groups.map(({ name, runs }) => [
    name,
    String(runs.length),
    ...results.map(({ of, digits }) =>
      spreadText(
        runs.flatMap((record) => of(record) ?? []),
        digits,
      ),
    ),
  ]);
  return alignedTable([head, ...rows]);
}

/** "6.51 ± 0.20": the mean of numbers and their standard deviation, which one number has not; "-" for none. */
export function spreadText(values: readonly number[], digits: number): string {
  if (values.length === 0) return '-';
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length === 1) return mean.toFixed(digits);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return `${mean.toFixed(digits)} ± ${Math.sqrt(squares / (values.length - 1)).toFixed(digits)}`;
}

/** Engines compute the same but round differently, which whoever compares seeds should know. */
function engineNotice(records: readonly RunRecord[]): string[] {
  const engines = [...new Set(records.map(({ trainer }) => trainer.engine))];
  return engines.length > 1
    ? [`The runs were trained on different engines, which round differently: ${engines.join(', ')}.`]
    : [];
}
