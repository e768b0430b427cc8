import type { Trainer } from '../../src/engines/trainer.ts';
import { AppError } from '../../src/errors.ts';
import type { History } from '../../src/history/history.ts';
import { recordCurves } from '../../src/history/recordCurves.ts';
import { word } from '../../src/locale/word.ts';
import type { PictureSet } from '../../src/model/pictures.ts';
import type { EvaluationRecord } from '../../src/record/evaluationRecord.ts';
import type { KeptPicture } from '../../src/record/keptPicture.ts';
import {
  type RunOutcome,
  type RunRecord,
  runRecordFormat,
  runRecordVersion,
} from '../../src/record/runRecord.ts';
import type { CheckedBatch } from '../../src/run/divergence.ts';
import { nextMultiple } from '../../src/run/multiples.ts';
import { PictureMaker } from '../../src/run/pictures.ts';
import { told } from '../told.ts';
import { Blocks } from './blocks.ts';
import { evaluateRun, whyNotMeasurable } from './evaluateRun.ts';
import type { EventsFile } from './eventsFile.ts';
import { WriteError } from './failures.ts';
import { roundedRows } from './metricsFile.ts';
import { nextTask } from './nextTask.ts';
import { keptTraversals } from './pictures.ts';
import type { RunReporter } from './reporter.ts';
import type { RunDirectory } from './runDirectory.ts';
import type { RunState } from './runState.ts';
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
  /** Whether to write events for TensorBoard. */
  readonly tensorboard: boolean;
}

/** One run of a trainer and its directory, from its last checkpoint or its beginning. */
export class TrainedRun {
  readonly #task: RunTask;
  readonly #trainer: Trainer;
  readonly #directory: RunDirectory;
  readonly #reporter: RunReporter;
  readonly #history: History;
  readonly #state: RunState;
  readonly #blocks: Blocks;
  readonly #evaluations: EvaluationRecord[];
  readonly #startedAt: string;
  #savedAt = performance.now();
  /** As the record has them; null until they are drawn. */
  #traversals: KeptPicture | null = null;
  /** The step of the last checkpoint; null before the first. */
  #savedStep: number | null;
  #diverged = false;
  /** Null where none are asked for. */
  #events: EventsFile | null = null;

  constructor(
    task: RunTask,
    trainer: Trainer,
    directory: RunDirectory,
    state: RunState,
    reporter: RunReporter,
  ) {
    this.#task = task;
    this.#trainer = trainer;
    this.#directory = directory;
    this.#state = state;
    this.#reporter = reporter;
    this.#history = state.history;
    const { checkpoint } = state;
    const before = checkpoint && state.record;
    this.#startedAt = before?.startedAt ?? new Date().toISOString();
    this.#blocks = new Blocks(trainer, before?.seconds ?? 0);
    this.#evaluations = [...state.evaluations];
    this.#savedStep = checkpoint?.snapshot.step ?? null;
  }

  /**
   * Trains, measures and writes until the steps are done, a loss is not finite or the signal is aborted. What was
   * trained is saved before anything else is done with it.
   * @throws what the trainer and the directory throw; the last checkpoint is then what is left.
   */
  async train(signal: AbortSignal): Promise<RunRecord> {
    try {
      await this.#resume();
      return await this.#trainToTheEnd(signal);
    } catch (thrown) {
      if (thrown instanceof WriteError && this.#savedStep !== null)
        this.#reporter.note(
          `The checkpoint of step ${this.#savedStep} is kept: once files can be written again, the same command goes on from there.`,
        );
      throw thrown;
    }
  }

  async #trainToTheEnd(signal: AbortSignal): Promise<RunRecord> {
    const { steps } = this.#task;
    const unmeasurable = whyNotMeasurable(this.#task.run.config);
    if (unmeasurable) this.#reporter.note(unmeasurable);
    try {
      while (!this.#diverged && this.#trainer.step < steps) {
        signal.throwIfAborted();
        await this.#evaluateIfDue(signal);
        await this.#trainUntil(this.#nextStop(), signal);
        if (this.#checkpointIsDue) await this.#save();
      }
      await this.#save();
      if (!this.#diverged) {
        await this.#evaluate(signal);
        await this.#writePictures();
      }
      return await this.#writeRecord(this.#diverged ? 'diverged' : 'complete');
    } catch (thrown) {
      if (!signal.aborted || thrown !== signal.reason) throw thrown;
      await this.#save();
      if (!this.#diverged) await this.#writePictures();
      return await this.#writeRecord(this.#diverged ? 'diverged' : 'stopped');
    }
  }

  async #resume(): Promise<void> {
    const { checkpoint, latestIsSound, notes } = this.#state;
    for (const note of notes) this.#reporter.note(note);
    await this.#directory.goBackTo(this.#state);
    if (checkpoint) {
      this.#trainer.writeSnapshot(checkpoint.snapshot);
      // What is damaged is mended at once: the weights are never older than the checkpoint.
      if (latestIsSound) await this.#directory.writeWeights(checkpoint);
      else await this.#directory.writeCheckpoint(checkpoint);
    }
    const { step } = this.#trainer;
    if (step > 0) this.#reporter.resumed(step);
    const { tensorboard, steps } = this.#task;
    if (tensorboard) this.#events = await this.#directory.beginEvents(step, steps);
  }

  /** The step at which something else than training is due next. */
  #nextStop(): number {
    const { steps, evaluateEvery } = this.#task;
    if (evaluateEvery === 0) return steps;
    return Math.min(steps, nextMultiple(this.#trainer.step, evaluateEvery));
  }

  async #trainUntil(last: number, signal: AbortSignal): Promise<void> {
    const { pace } = this.#blocks;
    for await (const block of this.#blocks.upTo(last, () => signal.aborted || this.#checkpointIsDue)) {
      const rate = pace.stepsPerSecond(performance.now());
      await this.#take(block, rate);
      if (this.#diverged) return;
      this.#reporter.progress(this.#history, rate);
    }
  }

  /** Keeps the rows up to a loss that is not finite. */
  async #take({ batch, divergence }: CheckedBatch, rate: number): Promise<void> {
    const finite = roundedRows(batch);
    this.#history.append(finite);
    await this.#directory.appendMetrics(finite);
    await this.#events?.addMetrics(finite, rate);
    if (divergence) this.#diverge(divergence.step, `${word(divergence.loss)} was`);
  }

  #diverge(step: number, what: string): void {
    this.#diverged = true;
    this.#reporter.note(
      `At step ${step} the ${what} no longer finite, so the run ends; a smaller --learning-rate or --gamma may help.`,
    );
  }

  async #evaluateIfDue(signal: AbortSignal): Promise<void> {
    const { evaluateEvery } = this.#task;
    const { step } = this.#trainer;
    if (evaluateEvery > 0 && step > 0 && step % evaluateEvery === 0) await this.#evaluate(signal);
  }

  /**
   * Measures the model as it is, unless that was done or cannot be. It is saved first: a measurement takes long.
   * @throws what the measures throw that is no AppError, at the end of the run; on the way it is told.
   */
  async #evaluate(signal: AbortSignal): Promise<void> {
    const { step } = this.#trainer;
    if (this.#evaluations.some((evaluation) => evaluation.step === step)) return;
    if (whyNotMeasurable(this.#task.run.config)) return;
    await this.#save();
    if (this.#diverged) return;
    const start = performance.now();
    let evaluation: EvaluationRecord;
    try {
      evaluation = await evaluateRun(this.#trainer, {
        signal,
        onProgress: (done) => this.#reporter.evaluating(done),
        nextTask,
      });
    } catch (thrown) {
      const atTheEnd = step >= this.#task.steps;
      if (thrown === signal.reason || (atTheEnd && !(thrown instanceof AppError))) throw thrown;
      this.#reporter.note(`At step ${step} nothing was measured: ${told(thrown)}`);
      return;
    }
    this.#evaluations.push(evaluation);
    await this.#directory.appendEvaluation(evaluation);
    await this.#events?.addEvaluation(evaluation);
    // At the end they are drawn as files, too.
    if (step < this.#task.steps) await this.#events?.addPictures(await this.#draw());
    this.#reporter.evaluated(evaluation, (performance.now() - start) / 1000);
  }

  get #checkpointIsDue(): boolean {
    return performance.now() - this.#savedAt >= this.#task.checkpointMs;
  }

  /** Writes checkpoint, weights and record of what is new; a state that is not finite leaves those before it. */
  async #save(): Promise<void> {
    this.#savedAt = performance.now();
    if (this.#diverged || this.#savedStep === this.#trainer.step) return;
    if (!(await this.#trainer.keep())) return this.#diverge(this.#trainer.step, 'weights were');
    const { config } = this.#trainer;
    const snapshot = await this.#trainer.readSnapshot();
    try {
      await this.#directory.writeCheckpoint({ config, snapshot });
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.name !== 'CheckpointNotFiniteError') throw thrown;
      return this.#diverge(snapshot.step, 'optimiser’s numbers were');
    }
    this.#savedStep = snapshot.step;
    await this.#writeRecord('stopped');
    this.#savedAt = performance.now();
  }

  async #writePictures(): Promise<void> {
    const pictures = await this.#draw();
    await this.#events?.addPictures(pictures);
    await this.#directory.writePictures(pictures);
    this.#traversals = keptTraversals(pictures);
  }

  #draw(): Promise<PictureSet> {
    return new PictureMaker(this.#trainer).draw();
  }

  /** The last thing that is written, so that it says of nothing that it is there before it is. */
  async #writeRecord(outcome: RunOutcome): Promise<RunRecord> {
    const record = this.#record(outcome);
    await this.#directory.writeRecord(record);
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
      trainer: this.#trainer.runsOn,
      startedAt: this.#startedAt,
      steps: history.count,
      seconds: this.#blocks.pace.elapsed,
      outcome,
      changes: [],
      history: recordCurves(history),
      evaluations: this.#evaluations,
      ...(this.#traversals ? { traversals: this.#traversals } : {}),
    };
  }
}
