import { dialOf } from '../../config/objective.ts';
import type { RivalSettings } from '../../config/rival.ts';
import type { RunConfig } from '../../config/schema.ts';
import { presetOf } from '../../config/url.ts';
import { recordCurves } from '../../history/recordCurves.ts';
import { shortText, valueLabel } from '../../locale/settingWords.ts';
import { evaluationRecordSchema } from '../../record/evaluationRecord.ts';
import { type RunRecord, runRecordFormat, runRecordVersion } from '../../record/runRecord.ts';
import type { Session } from '../session/session.ts';
import { steeringOf } from '../session/steering.ts';

/** The record of the session's run as it is now; null before there is one. */
export function presentRecord(session: Session): RunRecord | null {
  const { history, origin } = session;
  const { info, elapsed, preset, phase } = session.run.getState();
  if (!info || !origin) return null;
  const { config, changes, loneSteps } = steeringOf(origin, history);
  // Parsing leaves out what is only shown.
  const evaluations = session.evaluations
    .getState()
    .records.map((shown) => evaluationRecordSchema.parse(shown));
  return {
    format: runRecordFormat,
    version: runRecordVersion,
    id: origin.id,
    // Two runs side by side may begin with the same settings, and part later.
    name: origin.side ? `${runName(config)} (${origin.side})` : runName(config),
    config,
    preset,
    trainer: info.runsOn,
    startedAt: origin.startedAt,
    // A measurement may arrive before the metrics of its step.
    steps: Math.max(history.count, info.startStep, evaluations.at(-1)?.step ?? 0),
    seconds: elapsed,
    outcome: phase === 'diverged' ? 'diverged' : 'stopped',
    changes: [...changes],
    ...(loneSteps.length > 0 ? { loneSteps: [...loneSteps] } : {}),
    history: recordCurves(history),
    ...(origin.parent ? { parent: origin.parent } : {}),
    evaluations,
  };
}

/** A name that tells most runs apart; a person may give another. */
export function runName(config: RunConfig): string {
  return `${objectiveName(config)}, ${presetOf(config) ?? 'custom'}, seed ${config.seed}`;
}

/**
 * The objective with its weights, "FactorVAE γ 10": what two runs side by side differ in. A beta of 1 goes without
 * saying.
 */
export function objectiveName(settings: RivalSettings): string {
  const { objective, beta } = settings;
  const dial = dialOf(objective);
  const weights = [shortText(dial, settings[dial])];
  if (dial === 'gamma' && beta !== 1) weights.push(shortText('beta', beta));
  return `${valueLabel('objective', objective)} ${weights.join(', ')}`;
}
