import { z } from 'zod';
import { engineChoices } from '../../config/engines.ts';
import { presentEngine } from '../../config/formerEngines.ts';
import { players, upToStep } from '../../config/players.ts';
import { presetNames } from '../../config/presets.ts';
import { liveSettingsSchema } from '../../config/schema.ts';
import type { Replay } from '../../config/url.ts';
import { History } from '../../history/history.ts';
import { pastOf } from '../../history/past.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import type { SafetyCopy } from '../../protocol/messages.ts';
import { evaluationRecordSchema } from '../../record/evaluationRecord.ts';
import { lastConfig } from '../../record/results.ts';
import { runRecordSchema } from '../../record/runRecord.ts';
import { sideSchema } from '../session/origin.ts';
import type { RunRequest } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { presentRecord } from './presentRecord.ts';

const count = z.number().int().nonnegative();

const evaluationSchema = evaluationRecordSchema.extend({
  images: count,
  milliseconds: z.number(),
  totalCorrelation: z.object({
    // Infinite where latents decide one another.
    gaussian: z.custom<number>((value) => typeof value === 'number'),
    weighted: z.number().nullable(),
    stratified: z.number().nullable(),
  }),
  active: z.array(z.boolean()).readonly(),
}) satisfies z.ZodType<LiveEvaluation>;

const replaySchema = z.object({
  moves: z.array(
    z.union([
      z.object({
        step: count.positive(),
        key: liveSettingsSchema.keyof(),
        to: z.number(),
        gesture: count.optional(),
      }),
      z.object({ step: count.positive(), player: z.enum(players), steps: count.positive() }),
    ]),
  ),
  ran: z.string().nullable(),
  caption: z.string().nullable(),
}) satisfies z.ZodType<Replay>;

/**
 * The run that a page is at, as of its last safety copy, whose bytes lie beside it: all that is needed to go on
 * with it when the page is gone.
 */
const fieldsSchema = z.object({
  /** The run's id. */
  key: z.string(),
  /** Milliseconds since 1970. */
  savedAt: z.number(),
  step: count,
  elapsed: z.number().nonnegative(),
  record: runRecordSchema,
  evaluations: z.array(evaluationSchema),
  preset: z.enum(presetNames),
  engine: z.enum(engineChoices),
  side: sideSchema.nullable(),
  /** How it is steered by itself; null where a person steers it. */
  replay: replaySchema.nullable().default(null),
  /** The run beside it, by its key; null for one that trains alone. */
  beside: z.string().nullable(),
});

/** Copies of older releases call the engine `backend`, by the names of then. */
const formerSchema = z.looseObject({ backend: z.string() });
export const presentRunSchema = z.preprocess((run) => {
  const former = formerSchema.safeParse(run).data;
  return former ? { ...former, engine: presentEngine(former.backend) } : run;
}, fieldsSchema);
export type PresentRun = z.infer<typeof presentRunSchema>;

/** The session's run as of a safety copy that has just been made; null before there is a run. */
export function presentRun(session: Session, copy: SafetyCopy, beside: string | null): PresentRun | null {
  const { origin } = session;
  const record = presentRecord(session);
  if (!origin || !record) return null;
  const { preset, engine, replay } = session.run.getState();
  return {
    key: origin.id,
    savedAt: Date.now(),
    step: copy.step,
    elapsed: copy.elapsed,
    record,
    evaluations: [...session.evaluations.getState().records],
    preset,
    engine,
    side: origin.side,
    replay: replay && { ...replay, moves: [...replay.moves] },
    beside,
  };
}

/** What goes on with a run, exactly as it was when the copy was made. */
export function continuing(
  run: PresentRun,
  checkpoint: Uint8Array<ArrayBuffer>,
  start: Uint8Array | null,
): RunRequest {
  const { record, step, elapsed, preset, engine, side, replay, evaluations } = run;
  const { config, parent, startedAt } = record;
  const historyOf = (columns: readonly string[]) => {
    const history = new History(columns, pastOf(record.history, step));
    for (const change of record.changes) if (change.step <= step + 1) history.addChange(change);
    for (const lone of upToStep(record.loneSteps ?? [], step)) history.addLoneSteps(lone);
    return history;
  };
  return {
    // A replay begins with the settings of its beginning; the copy itself says how they were at its step.
    config: replay ? config : lastConfig(record),
    preset,
    engine,
    ...(parent && start ? { fork: { parent, checkpoint: start } } : {}),
    ...(replay ? { replay } : {}),
    continued: {
      origin: { id: run.key, startedAt, config, parent, side },
      checkpoint,
      elapsed,
      historyOf,
      evaluations,
    },
  };
}
