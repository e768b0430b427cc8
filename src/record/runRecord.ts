import { z } from 'zod';
import { type BackendInfo, backendNames, engineNames } from '../config/backends.ts';
import { presetNames } from '../config/presets.ts';
import { liveSettingsSchema, runConfigSchema } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { curveSchema } from './curve.ts';
import { evaluationRecordSchema } from './evaluationRecord.ts';

/**
 * What is left of a run once it is over: its configuration, curves and scores as one JSON document, written by the
 * command `npm run train` and read to compare runs. Weights are not part of it.
 */
export const runRecordFormat = 'factorvae-playground/run';
/** Raised when a reader of the version before would misread the document; new optional fields do not raise it. */
export const runRecordVersion = 1;

const count = z.number().int().nonnegative();

const backendSchema = z.object({
  engine: z.enum(engineNames),
  backend: z.enum(backendNames),
  adapter: z.string(),
  software: z.boolean(),
}) satisfies z.ZodType<BackendInfo>;

/** A live setting that was changed while the run trained; it acts from `step` on. */
const changeSchema = z.object({
  step: count,
  key: liveSettingsSchema.keyof(),
  from: z.number(),
  to: z.number(),
});

export const runRecordSchema = z.object({
  format: z.literal(runRecordFormat),
  version: z.literal(runRecordVersion),
  /** Tells a run from all others, whatever it is called; a run of the command line has none. */
  id: z.string().min(1).optional(),
  /** For a person; runs may share one. */
  name: z.string(),
  /** As the run began; `changes` tells what came later. */
  config: runConfigSchema,
  /** The preset that the configuration came from; null for none. */
  preset: z.enum(presetNames).nullable(),
  /** What the run trained on last. */
  trainer: backendSchema,
  /** ISO 8601, in UTC. */
  startedAt: z.iso.datetime(),
  /** Steps done. */
  steps: count,
  /** Seconds spent training, evaluations and pauses left out. */
  seconds: z.number().nonnegative(),
  /** `complete` did the steps asked for; `stopped` may go on; `diverged` met a loss that is not finite. */
  outcome: z.enum(['complete', 'stopped', 'diverged']),
  changes: z.array(changeSchema),
  /** Curves by column: see metricNames in model/metricsRow.ts. A column without a finite number has none. */
  history: z.record(z.string(), curveSchema),
  /** In the order of their steps. */
  evaluations: z.array(evaluationRecordSchema),
  /** The run whose weights, optimisers and step this one began from; its first step is the next. */
  parent: z.object({ id: z.string(), name: z.string(), step: count }).optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
export type RunOutcome = RunRecord['outcome'];

const headerSchema = z.object({ format: z.literal(runRecordFormat), version: z.number() });

/**
 * Reads the text of a record.
 * @throws AppError RunRecordError saying what is wrong, in a sentence.
 */
export function parseRunRecord(text: string): RunRecord {
  return readRunRecord(parseJson(text));
}

/** @throws AppError RunRecordError */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw recordError('it is not JSON', cause);
  }
}

/**
 * Checks that a value is a record.
 * @throws AppError RunRecordError saying what is wrong, in a sentence.
 */
export function readRunRecord(json: unknown): RunRecord {
  const header = headerSchema.safeParse(json);
  if (!header.success)
    throw recordError(`its "format" is not "${runRecordFormat}", so it is another kind of file`);
  if (header.data.version !== runRecordVersion)
    throw recordError(
      `its version is ${header.data.version} and this program reads version ${runRecordVersion}; use the release that wrote it, or a newer one`,
    );
  const record = runRecordSchema.safeParse(json);
  if (record.success) return record.data;
  const [{ path, message }] = record.error.issues;
  throw recordError(`"${path.join('.')}" is not valid: ${message}`);
}

/** The text of a record, which `parseRunRecord` reads back. */
export function runRecordJson(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function recordError(what: string, cause?: unknown): AppError {
  return new AppError(
    'RunRecordError',
    `This is no record of a run that can be read: ${what}.`,
    cause === undefined ? undefined : { cause },
  );
}
