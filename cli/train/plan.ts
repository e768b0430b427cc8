import { join, posix, win32 } from 'node:path';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { presetNames } from '../../src/config/presets.ts';
import { runConfigSchema } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { recordBounds, shortText, steps } from '../../src/record/bounds.ts';
import { faultOf } from '../../src/settings/faults.ts';
import { engines } from './engines.ts';
import { readIfAny } from './files.ts';

/**
 * sweep.json: all runs of a sweep, each with its whole configuration and its directory, so that any process on any
 * machine can do the run of a number. Directories are relative to the plan's own, which may be moved or mounted
 * elsewhere.
 */
export const planName = 'sweep.json';
const planFormat = 'factorvae-playground/sweep';
/** Raised when a reader of the version before would misread the plan. */
const planVersion = 1;
/** What the numbers of a run may depend on: a sweep is trained by one release. */
export const program = manifest.version;

const whole = z.number().int().min(1);

/** Whether a path leads to where the plan is, or below. */
function isInside(path: string): boolean {
  const absolute = posix.isAbsolute(path) || win32.isAbsolute(path);
  return !absolute && path !== '' && !path.split(/[\\/]/).includes('..');
}

const plannedRunSchema = z.strictObject({
  /** For a person. */
  name: shortText.min(1),
  directory: shortText.refine(isInside, { error: 'a path that leads out of the folder of the plan' }),
  preset: z.enum(presetNames),
  steps: steps.min(1),
  config: runConfigSchema,
});
export type PlannedRun = z.infer<typeof plannedRunSchema>;

const planSchema = z.strictObject({
  format: z.literal(planFormat),
  version: z.literal(planVersion),
  /** How it was made: for a person, and to make it again. */
  made: z.strictObject({
    command: z.string(),
    /** The release that made it. */
    program: z.string(),
    /** The checkout's commit; null where git does not tell. */
    commit: z.string().nullable(),
    node: z.string(),
    at: z.iso.datetime(),
  }),
  engine: z.enum(engines),
  /** Threads of a run on wasm; null for as many as there are cores. */
  threads: whole.nullable(),
  evaluateEvery: z.number().int().nonnegative(),
  checkpointEvery: whole,
  tensorboard: z.boolean(),
  runs: z
    .array(plannedRunSchema)
    .min(1)
    .max(recordBounds.runs)
    .refine((runs) => new Set(runs.map(({ directory }) => directory)).size === runs.length, {
      error: 'two runs have the same directory',
    }),
});
export type SweepPlan = z.infer<typeof planSchema>;

/** A plan without its head: what is to be done. */
export type PlanBody = Omit<SweepPlan, 'format' | 'version'>;

export function planText(body: PlanBody): string {
  const { runs, ...rest } = body;
  const head = JSON.stringify({ format: planFormat, version: planVersion, ...rest }, null, 2);
  // A line a run, so that a person finds run N, and a difference between two plans shows.
  const lines = runs.map((run) => `    ${JSON.stringify(run)}`).join(',\n');
  return `${head.slice(0, -2)},\n  "runs": [\n${lines}\n  ]\n}\n`;
}

const headSchema = z.looseObject({ format: z.literal(planFormat), version: z.unknown() });

/**
 * Reads a plan; null where there is none.
 * @throws AppError SweepPlanError saying what is wrong with it, and what to do.
 */
export async function readPlanIfAny(path: string): Promise<SweepPlan | null> {
  const bytes = await readIfAny(path);
  if (!bytes) return null;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('SweepPlanError.notJson', { path }, { cause });
  }
  const head = headSchema.safeParse(json);
  if (!head.success) throw new AppError('SweepPlanError.format', { path });
  const { version } = head.data;
  if (version !== planVersion)
    throw new AppError('SweepPlanError.version', { path, version: String(version), read: planVersion });
  const plan = planSchema.safeParse(json);
  if (plan.success) return plan.data;
  const [issue] = plan.error.issues;
  throw new AppError('SweepPlanError.invalid', {
    path,
    place: issue.path.join('.') || 'runs',
    problem: faultOf(issue),
  });
}

/** @throws AppError SweepPlanError, also where there is no plan. */
export async function readPlan(path: string): Promise<SweepPlan> {
  const plan = await readPlanIfAny(path);
  if (!plan) throw new AppError('SweepPlanError.missing', { path });
  return plan;
}

/** @throws AppError SweepPlanError.program where another release made the plan. */
export function checkProgram(path: string, { made }: SweepPlan): void {
  if (made.program !== program)
    throw new AppError('SweepPlanError.program', {
      path,
      there: made.program,
      here: program,
      command: made.command,
    });
}

export function directoryOf(planFolder: string, { directory }: PlannedRun): string {
  return join(planFolder, directory);
}
