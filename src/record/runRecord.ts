import { z } from 'zod';
import { allEngines, type EngineInfo } from '../config/engines.ts';
import { presentEngine } from '../config/formerEngines.ts';
import { type LoneSteps, lastOf, players, playersOf } from '../config/players.ts';
import { presetNames } from '../config/presets.ts';
import { liveSettingsSchema, runConfigSchema } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { type Part, part } from '../report.ts';
import { faultOf } from '../settings/faults.ts';
import { count, recordBounds, shortText, steps } from './bounds.ts';
import { curveSchema } from './curve.ts';
import { evaluationRecordSchema } from './evaluationRecord.ts';
import { keptPictureSchema } from './keptPicture.ts';
import type { LiveChange } from './liveChange.ts';

/**
 * What is left of a run once it is over: its configuration, curves and scores as one JSON document, written by the
 * command `npm run train` and read to compare runs. Weights are not part of it.
 */
export const runRecordFormat = 'factorvae-playground/run';
/** Raised when a reader of the version before would misread the document; new optional fields do not raise it. */
export const runRecordVersion = 1;

const engineSchema = z.object({
  engine: z.enum(allEngines),
  adapter: shortText,
  software: z.boolean(),
}) satisfies z.ZodType<EngineInfo>;

/** Older records name tfjs' backend too, and call engines by the names of then. */
const formerSchema = z.looseObject({ engine: z.unknown(), backend: z.string() });
const trainerSchema = z.preprocess((trainer) => {
  const former = formerSchema.safeParse(trainer).data;
  return former ? { ...former, engine: presentEngine(former.engine) } : trainer;
}, engineSchema);

/** A live setting that was changed while the run trained; it acts from `step` on. */
const changeSchema = z.object({
  step: steps,
  key: liveSettingsSchema.keyof(),
  from: z.number(),
  to: z.number(),
  /** The same for the changes of one gesture of a person, such as a drag; older records have none. */
  gesture: count.optional(),
}) satisfies z.ZodType<LiveChange>;

const loneSchema = z.object({
  step: steps.min(1),
  player: z.enum(players),
  steps: steps.min(1),
}) satisfies z.ZodType<LoneSteps>;

/** Whether a setting was changed from and to values that it can have. */
function changeIsValid({ key, from, to }: z.infer<typeof changeSchema>): boolean {
  return [from, to].every((value) => liveSettingsSchema.shape[key].safeParse(value).success);
}

const fieldsSchema = z.object({
  format: z.literal(runRecordFormat),
  version: z.literal(runRecordVersion),
  /** Tells a run from all others, whatever it is called; a run of the command line has none. */
  id: shortText.min(1).optional(),
  /** For a person; runs may share one. */
  name: shortText,
  /** As the run began; `changes` tells what came later. */
  config: runConfigSchema,
  /** The preset that the configuration came from; null for none. */
  preset: z.enum(presetNames).nullable(),
  /** What the run trained on last. */
  trainer: trainerSchema,
  /** ISO 8601, in UTC. */
  startedAt: z.iso.datetime().max(40),
  /** Steps done. */
  steps,
  /** Seconds spent training, evaluations and pauses left out. */
  seconds: z.number().nonnegative().max(recordBounds.seconds),
  /** `complete` did the steps asked for; `stopped` may go on; `diverged` met a loss that is not finite. */
  outcome: z.enum(['complete', 'stopped', 'diverged']),
  changes: z
    .array(
      changeSchema.refine(changeIsValid, {
        error: 'a setting was changed from or to a value that it cannot have',
      }),
    )
    .max(recordBounds.changes),
  /** Steps in which one player only learned, in their order; absent where there are none. */
  loneSteps: z.array(loneSchema).max(recordBounds.changes).optional(),
  /** Curves by column: see Column in model/columns.ts. A column without a finite number has none. */
  history: z
    .record(shortText, curveSchema)
    .refine((curves) => Object.keys(curves).length <= recordBounds.curves, {
      error: `it has more than ${recordBounds.curves} curves`,
    }),
  /** In the order of their steps. */
  evaluations: z.array(evaluationRecordSchema).max(recordBounds.evaluations),
  /** Latent traversals at the end: a row a latent, in the latents' own order, along which it goes from -3 to 3. */
  traversals: keptPictureSchema.optional(),
  /** The run whose weights, optimisers and step this one began from; its first step is the next. */
  parent: z.object({ id: shortText, name: shortText, step: steps }).optional(),
});

export const runRecordSchema = fieldsSchema.refine((record) => stepFault(record) === null);
export type RunRecord = z.infer<typeof runRecordSchema>;
export type RunOutcome = RunRecord['outcome'];

/** Where a record is wrong, and how: what the schema says is in the schema's words. */
interface Fault {
  readonly path: readonly PropertyKey[];
  readonly problem: Part | string;
}

/** A part of a record that names steps which the run did not do, or in the wrong order; null for none. */
function stepFault({
  config,
  steps,
  loneSteps = [],
  history,
  evaluations,
  traversals,
  parent,
}: z.infer<typeof fieldsSchema>): Fault | null {
  for (const [column, { to }] of Object.entries(history)) {
    const last = to.at(-1) ?? 0;
    if (last > steps)
      return { path: ['history', column], problem: part('record.reaches', { step: last, steps }) };
  }
  for (const [i, { step }] of evaluations.entries()) {
    const path = ['evaluations', i];
    if (step > steps) return { path, problem: part('record.tooLate', { step, steps }) };
    if (i > 0 && step <= evaluations[i - 1].step) return { path, problem: part('record.notLater', { step }) };
  }
  for (const [i, lone] of loneSteps.entries()) {
    const path = ['loneSteps', i];
    const [step, before] = [lastOf(lone), loneSteps[i - 1]];
    if (step > steps) return { path, problem: part('record.tooLate', { step, steps }) };
    if (before && lone.step <= lastOf(before))
      return { path, problem: part('record.notLater', { step: lone.step }) };
    if (!playersOf(config).includes(lone.player))
      return { path, problem: part('move.noPlayer', { player: lone.player }) };
  }
  if (traversals && traversals.step > steps)
    return { path: ['traversals'], problem: part('record.tooLate', { step: traversals.step, steps }) };
  if (parent && parent.step > steps)
    return {
      path: ['parent'],
      problem: part('record.parentTooLate', { step: parent.step, steps }),
    };
  return null;
}

/**
 * What a text or value is called in the sentences that say what is wrong with it: the name of its file, or what it
 * is.
 */
export type Source = string | Part;
const unnamed = part('source.file');

const headerSchema = z.object({ format: z.literal(runRecordFormat), version: z.number() });

/**
 * Reads the text of a record.
 * @throws AppError RunRecordError saying what is wrong with `source`, in a sentence.
 */
export function parseRunRecord(text: string, source: Source = unnamed): RunRecord {
  return readRunRecord(parseJson(text, source), source);
}

/** @throws AppError RunRecordError */
export function parseJson(text: string, source: Source = unnamed): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const start = text.trimStart();
    if (start === '') throw new AppError('RunRecordError.empty', { source }, { cause });
    if (start.startsWith('{')) throw new AppError('RunRecordError.damaged', { source }, { cause });
    throw new AppError('RunRecordError.notJson', { source }, { cause });
  }
}

/**
 * Checks that a value is a record.
 * @throws AppError RunRecordError saying what is wrong with `source`, in a sentence.
 */
export function readRunRecord(json: unknown, source: Source = unnamed): RunRecord {
  const header = headerSchema.safeParse(json);
  if (!header.success) throw new AppError('RunRecordError.format', { source, format: runRecordFormat });
  const { version } = header.data;
  if (version !== runRecordVersion) throw versionError(source, version, runRecordVersion);
  const fields = fieldsSchema.safeParse(json);
  const invalid = ({ path, problem }: Fault) =>
    new AppError('RunRecordError.invalid', { source, path: path.join('.'), problem });
  if (!fields.success) {
    const [issue] = fields.error.issues;
    throw invalid({ path: issue.path, problem: faultOf(issue) });
  }
  const fault = stepFault(fields.data);
  if (fault) throw invalid(fault);
  return fields.data;
}

/** The error of a file that another release wrote. */
export function versionError(source: Source, version: number, read: number): AppError {
  return new AppError('RunRecordError.version', { source, version, read });
}

/** The text of a record, which `parseRunRecord` reads back. */
export function runRecordJson(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}
