import { AppError } from '../../src/errors.ts';
import { History } from '../../src/history/history.ts';
import { recordCurves } from '../../src/history/recordCurves.ts';
import { metricWidth } from '../../src/model/metricsRow.ts';
import type { MetricsBatch } from '../../src/protocol/messages.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import {
  type RunOutcome,
  type RunRecord,
  runRecordFormat,
  runRecordVersion,
} from '../../src/record/runRecord.ts';
import type { Trainer } from '../../src/trainer/trainer.ts';
import { findDivergence } from '../../src/worker/divergence.ts';
import { PictureMaker } from '../../src/worker/pictures.ts';
import { Blocks } from './blocks.ts';
import { evaluateRun } from './evaluateRun.ts';
import { roundedRows } from './metricsFile.ts';
import type { RunReporter } from './reporter.ts';
import type { RunDirectory } from './runDirectory.ts';
import type { SweptRun } from './sweep.ts';

export interface RunTask {
  readonly run: SweptRun;
  /** For a person. */
  readonly name: string;
  readonly steps: number;
  /** Steps between evaluations; 0 for one at the end only. */
  readonly evaluateEvery: number;
  /** Milliseconds between checkpoints. */
  readonly checkpointMs: number;
}

/** One run of a trainer and its directory, from its last checkpoint or its beginning. */
export class TrainedRun {
  readonly #task: RunTask;
  readonly #trainer: Trainer;
  readonly #directory: RunDirectory;
  readonly #reporter: RunReporter;
  readonly #history: History;
  #evaluations: EvaluationRecord[] = [];
  #startedAt = new Date().toISOString();
  #seconds = 0;
  #savedAt = performance.now();
  #diverged = false;

  constructor(task: RunTask, trainer: Trainer, directory: RunDirectory, reporter: RunReporter) {
    this.#task = task;
    this.#trainer = trainer;
    this.#directory = directory;
    this.#reporter = reporter;
    this.#history = new History(metricWidth(trainer.config.latents));
  }

  /**
   * Trains, measures and writes until the steps are done, a loss is not finite or the signal is aborted.
   * @throws what the trainer and the directory throw; the last checkpoint is then what is left.
   */
  async train(signal: AbortSignal): Promise<RunRecord> {
    await this.#resume();
    const { steps } = this.#task;
    try {
      while (!this.#diverged && this.#trainer.step < steps) {
        signal.throwIfAborted();
        await this.#evaluateIfDue(signal);
        await this.#trainUntil(this.#nextStop(), signal);
        if (this.#checkpointIsDue) await this.#save('stopped');
      }
      if (!this.#diverged && (await this.#trainer.keep())) await this.#evaluate(signal);
      return await this.#finish('complete');
    } catch (thrown) {
      if (!signal.aborted || thrown !== signal.reason) throw thrown;
      return await this.#finish('stopped');
    }
  }

  async #resume(): Promise<void> {
    const checkpoint = await this.#directory.readCheckpoint();
    const record = await this.#directory.readRecord();
    if (checkpoint) this.#trainer.writeSnapshot(checkpoint.snapshot);
    const { step } = this.#trainer;
    this.#evaluations = await this.#directory.rewind(step, (batch) => this.#history.append(batch));
    if (step > 0) this.#reporter.resumed(step);
    if (!checkpoint || !record) return;
    this.#startedAt = record.startedAt;
    this.#seconds = record.seconds;
  }

  /** The step at which something else than training is due next. */
  #nextStop(): number {
    const { steps, evaluateEvery } = this.#task;
    if (evaluateEvery === 0) return steps;
    return Math.min(steps, (Math.floor(this.#trainer.step / evaluateEvery) + 1) * evaluateEvery);
  }

  async #trainUntil(last: number, signal: AbortSignal): Promise<void> {
    const blocks = new Blocks(this.#trainer);
    for await (const { batch, ms } of blocks.upTo(last, () => signal.aborted || this.#checkpointIsDue)) {
      this.#seconds += ms / 1000;
      await this.#take(batch);
      if (this.#diverged) return;
      this.#reporter.progress(this.#history, blocks.rate);
    }
  }

  /** Keeps the rows up to a loss that is not finite. */
  async #take(batch: MetricsBatch): Promise<void> {
    const { latents, objective } = this.#trainer.config;
    const divergence = findDivergence(batch.rows, latents, objective === 'factorVae');
    const { firstStep } = batch;
    const rows = divergence ? batch.rows.slice(0, divergence.row * metricWidth(latents)) : batch.rows;
    const finite = roundedRows({ firstStep, rows });
    this.#history.append(finite);
    await this.#directory.appendMetrics(finite);
    if (!divergence) return;
    this.#diverged = true;
    this.#reporter.note(
      `At step ${firstStep + divergence.row} the ${divergence.loss} was no longer a finite number, so the run ends; a smaller --learning-rate or --gamma may help.`,
    );
  }

  async #evaluateIfDue(signal: AbortSignal): Promise<void> {
    const { evaluateEvery } = this.#task;
    const { step } = this.#trainer;
    if (evaluateEvery > 0 && step > 0 && step % evaluateEvery === 0) await this.#evaluate(signal);
  }

  /** Measures the model as it is, unless that was done. */
  async #evaluate(signal: AbortSignal): Promise<void> {
    const { step } = this.#trainer;
    if (this.#evaluations.some((evaluation) => evaluation.step === step)) return;
    const start = performance.now();
    let evaluation: EvaluationRecord;
    try {
      evaluation = await evaluateRun(this.#trainer, {
        signal,
        onProgress: (done) => this.#reporter.evaluating(done),
        nextTask: () => new Promise((resolve) => setImmediate(resolve)),
      });
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.name !== 'CodesNotFiniteError') throw thrown;
      this.#reporter.note(`At step ${step} nothing was measured: ${thrown.message}`);
      return;
    }
    this.#evaluations.push(evaluation);
    await this.#directory.appendEvaluation(evaluation);
    this.#reporter.evaluated(evaluation, (performance.now() - start) / 1000);
  }

  get #checkpointIsDue(): boolean {
    return performance.now() - this.#savedAt >= this.#task.checkpointMs;
  }

  async #finish(outcome: RunOutcome): Promise<RunRecord> {
    const record = await this.#save(outcome);
    if (record.outcome !== 'diverged')
      await this.#directory.writePictures(await new PictureMaker(this.#trainer).draw());
    return record;
  }

  /** Writes checkpoint and record; a state that is not finite leaves the checkpoint before it. */
  async #save(outcome: RunOutcome): Promise<RunRecord> {
    const finite = !this.#diverged && (await this.#trainer.keep());
    if (finite) {
      const { config } = this.#trainer;
      await this.#directory.writeCheckpoint({ config, snapshot: await this.#trainer.readSnapshot() });
    }
    const record = this.#record(finite || outcome === 'stopped' ? outcome : 'diverged');
    await this.#directory.writeRecord(record);
    this.#savedAt = performance.now();
    return record;
  }

  #record(outcome: RunOutcome): RunRecord {
    const { run, name } = this.#task;
    const history = this.#history;
    return {
      format: runRecordFormat,
      version: runRecordVersion,
      name,
      config: run.config,
      preset: run.preset,
      trainer: this.#trainer.backend,
      startedAt: this.#startedAt,
      steps: history.count,
      seconds: this.#seconds,
      outcome,
      changes: [],
      history: recordCurves(history, run.config.latents),
      evaluations: this.#evaluations,
    };
  }
}
