import { join } from 'node:path';
import { familyOf } from '../../src/families/families.ts';
import type { Checkpoint } from '../../src/files/checkpoint.ts';
import type { MetricsBatch } from '../../src/model/columns.ts';
import type { PictureSet } from '../../src/model/pictures.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import { type RunRecord, runRecordJson } from '../../src/record/runRecord.ts';
import { CheckpointFiles } from './checkpointFiles.ts';
import { checkConfig, writeConfig } from './configFile.ts';
import { appendEvaluation, replaceEvaluations } from './evaluationsFile.ts';
import { EventsFile } from './eventsFile.ts';
import { flushFile, makeDirectory, replaceFile } from './files.ts';
import { cutLines } from './jsonLines.ts';
import { RunLock } from './lock.ts';
import { appendMetrics } from './metricsFile.ts';
import { reconstructionsPng, traversalsPng } from './pictures.ts';
import { names, pictureNames, type RunState, StateReader } from './runState.ts';
import type { SweptRun } from './sweep.ts';

/**
 * The files of one run: config.json, metrics.jsonl, evaluations.jsonl, two checkpoints (to go on from),
 * weights.safetensors, reconstructions.png, traversals.png, run.json (its record), and a file of events for
 * TensorBoard for every start. While a process works in it there is a lock, too.
 */
export class RunDirectory {
  readonly path: string;
  readonly #run: SweptRun;
  readonly #checkpoints: CheckpointFiles;
  #lock: RunLock | null = null;

  private constructor(path: string, run: SweptRun) {
    this.path = path;
    this.#run = run;
    this.#checkpoints = new CheckpointFiles(path, run.config);
  }

  /**
   * Makes the directory, or opens that of the same run; writes nothing in it.
   * @throws AppError RunDirectoryError where it holds another run or cannot be used, and WriteError.
   */
  static async open(path: string, run: SweptRun): Promise<RunDirectory> {
    await makeDirectory(path);
    await checkConfig(path, join(path, names.config), run);
    return new RunDirectory(path, run);
  }

  /**
   * Keeps all other processes out of the directory while `work` is done.
   * @throws AppError RunLockedError where another one is in it, and what `work` throws.
   */
  async whileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#lock = await RunLock.take(this.path);
    try {
      return await work();
    } finally {
      await this.#lock.release();
      this.#lock = null;
    }
  }

  /** @throws what StateReader does; nothing is changed then. */
  async readState(): Promise<RunState> {
    // Another process may have been here since the directory was opened.
    const configured = await checkConfig(this.path, this.#file(names.config), this.#run);
    return new StateReader(this.path, this.#run.config, this.#checkpoints, configured).read();
  }

  /**
   * Begins a file of events for TensorBoard, which must be written only while the directory is this process's own.
   */
  async beginEvents(step: number, steps: number): Promise<EventsFile> {
    await this.#mayWrite();
    const { config } = this.#run;
    return EventsFile.begin(this.path, { config, step, steps }, familyOf(config).columns(config));
  }

  /** Takes the files back to a state, so that the run goes on from there. */
  async goBackTo({ configured, keptLines, evaluations, evaluationsLost }: RunState): Promise<void> {
    await this.#mayWrite();
    if (!configured) await writeConfig(this.#file(names.config), this.#run);
    for (const kept of keptLines) await cutLines(kept);
    if (evaluationsLost) await replaceEvaluations(this.#file(names.evaluations), evaluations);
  }

  async appendMetrics(batch: MetricsBatch): Promise<void> {
    await this.#mayWrite();
    const { config } = this.#run;
    await appendMetrics(this.#file(names.metrics), batch, familyOf(config).columns(config));
  }

  async appendEvaluation(evaluation: EvaluationRecord): Promise<void> {
    await this.#mayWrite();
    await appendEvaluation(this.#file(names.evaluations), evaluation);
    await flushFile(this.#file(names.evaluations));
  }

  async writeRecord(record: RunRecord): Promise<void> {
    await this.#mayWrite();
    await replaceFile(this.#file(names.record), runRecordJson(record));
  }

  /** The state to go on from, and the weights alone for other programs. Metrics up to there are on the disk first. */
  async writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    await this.#mayWrite();
    await flushFile(this.#file(names.metrics));
    await this.#checkpoints.write(checkpoint);
  }

  /** The weights of a checkpoint that is there. */
  async writeWeights(checkpoint: Checkpoint): Promise<void> {
    await this.#mayWrite();
    await this.#checkpoints.writeWeights(checkpoint);
  }

  async writePictures(pictures: PictureSet): Promise<void> {
    await this.#mayWrite();
    const files = { reconstructions: reconstructionsPng(pictures), traversals: traversalsPng(pictures) };
    for (const name of pictureNames) {
      const png = files[name];
      if (png) await replaceFile(this.#file(names[name]), png);
    }
  }

  async #mayWrite(): Promise<void> {
    await this.#lock?.assertHeld();
  }

  #file(name: string): string {
    return join(this.path, name);
  }
}
