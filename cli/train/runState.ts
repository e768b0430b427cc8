import { join } from 'node:path';
import type { RunConfig } from '../../src/config/schema.ts';
import { AppError } from '../../src/errors.ts';
import { familyOf } from '../../src/families/families.ts';
import type { Checkpoint } from '../../src/files/checkpoint.ts';
import { History } from '../../src/history/history.ts';
import { recordCurves } from '../../src/history/recordCurves.ts';
import { word } from '../../src/locale/word.ts';
import { type Column, columnNames } from '../../src/model/columns.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import { parseRunRecord, type RunRecord } from '../../src/record/runRecord.ts';
import { told } from '../told.ts';
import type { CheckpointFiles } from './checkpointFiles.ts';
import { checkSettings } from './configFile.ts';
import { readEvaluations } from './evaluationsFile.ts';
import { DamagedFileError } from './failures.ts';
import { readIfAny } from './files.ts';
import type { KeptLines } from './jsonLines.ts';
import { readMetrics } from './metricsFile.ts';
import { isPng } from './pictures.ts';

export const names = {
  config: 'config.json',
  metrics: 'metrics.jsonl',
  evaluations: 'evaluations.jsonl',
  record: 'run.json',
  reconstructions: 'reconstructions.png',
  traversals: 'traversals.png',
} as const;

/** The pictures of a model that can be drawn so. */
export const pictureNames = ['reconstructions', 'traversals'] as const;

/** What a directory tells of its run: where it goes on from, and what was known there. */
export interface RunState {
  /** Null for a run at its beginning. */
  readonly checkpoint: Checkpoint | null;
  /** False where the checkpoint before the latest one had to be taken. */
  readonly latestIsSound: boolean;
  readonly history: History;
  readonly evaluations: readonly EvaluationRecord[];
  readonly record: RunRecord | null;
  /** A record with which all else agrees, so that only more steps could be asked for; of a diverged run, nothing. */
  readonly done: RunRecord | null;
  /** What the files are cut back to, or get back, when the run goes on. */
  readonly keptLines: readonly KeptLines[];
  readonly evaluationsLost: boolean;
  /** Whether config.json is there. */
  readonly configured: boolean;
  /** Sentences for a person: what was damaged, and what was taken instead. */
  readonly notes: readonly string[];
}

/** Reads a run's directory, file against file, and changes nothing. */
export class StateReader {
  readonly #path: string;
  readonly #config: RunConfig;
  readonly #columns: readonly Column[];
  readonly #checkpoints: CheckpointFiles;
  readonly #configured: boolean;
  readonly #notes: string[] = [];

  /** @param configured whether config.json is there; else other files must tell that the run is the one asked for */
  constructor(path: string, config: RunConfig, checkpoints: CheckpointFiles, configured: boolean) {
    this.#path = path;
    this.#config = config;
    this.#columns = familyOf(config).columns(config);
    this.#checkpoints = checkpoints;
    this.#configured = configured;
  }

  /**
   * @throws DamagedFileError where what is lost cannot be made again, and AppError RunDirectoryError where the run
   * turns out to be another one.
   */
  async read(): Promise<RunState> {
    const record = await this.#readRecord();
    const found = await this.#checkpoints.read();
    const checkpoint = found?.checkpoint ?? null;
    const diverged = record?.outcome === 'diverged' && (await this.#hasDiverged(record, checkpoint));
    if (!checkpoint && !diverged) await this.#checkNothingSaved(record);
    if (!this.#configured && !checkpoint && !record) await this.#checkEmpty();
    if (found?.fault)
      this.#notes.push(
        `${word(found.fault)} The one before it, of step ${found.checkpoint.snapshot.step}, is taken.`,
      );

    const step = diverged ? record.steps : (checkpoint?.snapshot.step ?? 0);
    const history = new History(columnNames(this.#columns));
    const metrics = await readMetrics(this.#file(names.metrics), step, this.#columns, (row) =>
      history.append(row),
    );
    const file = await readEvaluations(this.#file(names.evaluations), step);
    const evaluations = merged(file.evaluations, record?.evaluations ?? [], step);
    const evaluationsLost = evaluations.length > file.evaluations.length;
    if (evaluationsLost)
      this.#notes.push('evaluations.jsonl lacked evaluations that run.json has; they are put back.');
    const state = {
      checkpoint,
      latestIsSound: found?.isLatest ?? true,
      history,
      evaluations,
      record,
      keptLines: [metrics.kept, file.kept],
      evaluationsLost,
      configured: this.#configured,
      notes: this.#notes,
    };
    const complete =
      this.#configured && state.latestIsSound && !evaluationsLost && (await this.#isComplete(state));
    return { ...state, done: diverged || complete ? record : null };
  }

  /** The record, if there is one that can be read. It is made from other files, so it may be made again. */
  async #readRecord(): Promise<RunRecord | null> {
    const path = this.#file(names.record);
    const bytes = await readIfAny(path);
    if (!bytes) return null;
    let record: RunRecord;
    try {
      record = parseRunRecord(new TextDecoder().decode(bytes));
      if (this.#configured) checkSettings(this.#path, record.config, this.#config);
    } catch (thrown) {
      this.#notes.push(`${path} will be made again, without the seconds trained so far: ${told(thrown)}`);
      return null;
    }
    checkSettings(this.#path, record.config, this.#config);
    return record;
  }

  /**
   * Whether a run diverged as its record says: every step up to there is in the metrics, none after it, and it is
   * past the last checkpoint. Otherwise the run is tried again from that checkpoint.
   */
  async #hasDiverged({ steps }: RunRecord, checkpoint: Checkpoint | null): Promise<boolean> {
    if (checkpoint && checkpoint.snapshot.step >= steps) return false;
    try {
      return (await readMetrics(this.#file(names.metrics), steps, this.#columns, () => undefined)).whole;
    } catch (thrown) {
      if (thrown instanceof DamagedFileError) return false;
      throw thrown;
    }
  }

  /** @throws DamagedFileError where there was a checkpoint once: from the beginning, its run would be written over. */
  async #checkNothingSaved(record: RunRecord | null): Promise<void> {
    if (record?.outcome === 'diverged') return;
    for (const name of [names.record, 'weights.safetensors', names.traversals])
      if (await readIfAny(this.#file(name)))
        throw new DamagedFileError('CheckpointMissingError', { path: this.#path, file: name });
  }

  /** @throws AppError RunDirectoryError where files have the names of a run's and nothing tells whose they are. */
  async #checkEmpty(): Promise<void> {
    for (const name of [names.metrics, names.evaluations])
      if (await readIfAny(this.#file(name)))
        throw new AppError('RunDirectoryError.noConfig', { path: this.#path, file: name });
  }

  /** Whether the record says that all was done, and all of it is there. */
  async #isComplete({
    record,
    checkpoint,
    history,
    evaluations,
  }: Pick<RunState, 'record' | 'checkpoint' | 'history' | 'evaluations'>): Promise<boolean> {
    if (record?.outcome !== 'complete' || record.steps !== checkpoint?.snapshot.step) return false;
    const told = JSON.stringify([record.history, record.evaluations]);
    const known = JSON.stringify([recordCurves(history), evaluations]);
    if (told !== known || !(await this.#checkpoints.weightsFit(checkpoint))) return false;
    const can = familyOf(this.#config).can(this.#config);
    const drawn = { reconstructions: can.reconstruct, traversals: can.traverse };
    for (const name of pictureNames)
      if (drawn[name] && !isPng(await readIfAny(this.#file(names[name])))) return false;
    return true;
  }

  #file(name: string): string {
    return join(this.#path, name);
  }
}

/** The evaluations of a file up to a step, and those that only the record has, in the order of their steps. */
function merged(
  file: readonly EvaluationRecord[],
  record: readonly EvaluationRecord[],
  lastStep: number,
): EvaluationRecord[] {
  const known = new Set(file.map(({ step }) => step));
  const lost = record.filter(({ step }) => step <= lastStep && !known.has(step));
  return [...file, ...lost].sort((a, b) => a.step - b.step);
}
