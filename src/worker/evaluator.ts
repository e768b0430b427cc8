import type { Trainer } from '../engines/trainer.ts';
import { AppError, reportOf } from '../errors.ts';
import { evaluateModel, liveBudget } from '../metrics/evaluateModel.ts';
import { Work } from '../metrics/work.ts';
import type { EvaluationActivity } from '../protocol/evaluation.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { evaluationRecord } from '../record/evaluationRecord.ts';
import { EncoderSource } from '../run/encoderSource.ts';
import type { Lock } from './lock.ts';
import { portionFor } from './portion.ts';

/** Progress goes to the page at most this often. */
const progressEveryMs = 125;
/** Computing between two blocks of training: short where they wait on a GPU, as long as a block where they take turns. */
const sliceMs = { gpu: 12, software: 40 };

interface Measurement {
  readonly trainer: Trainer;
  readonly step: number;
  readonly controller: AbortController;
}

/**
 * Measures the model, one measurement at a time. The encoder is frozen on the device when a measurement begins, so all
 * codes come from one step's parameters; images are encoded in turns with training, scores are computed between its blocks.
 * The same seed and step give the same record.
 */
export class Evaluator {
  readonly #lock: Lock;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #nextTask: () => Promise<void>;
  #current: Measurement | null = null;

  constructor(lock: Lock, emit: (event: WorkerEvent) => void, nextTask: () => Promise<void>) {
    this.#lock = lock;
    this.#emit = emit;
    this.#nextTask = nextTask;
  }

  get isFree(): boolean {
    return this.#current === null;
  }

  /** @throws AppError EvaluationUnderWayError */
  expectFree(): void {
    if (this.#current) throw new AppError('EvaluationUnderWayError', { step: this.#current.step });
  }

  /**
   * Begins to measure the trainer's present model: resolves once it is frozen. To be called when nothing else uses the
   * trainer.
   * @throws AppError EvaluationUnderWayError
   */
  async begin(trainer: Trainer): Promise<void> {
    this.expectFree();
    const measurement = { trainer, step: trainer.step, controller: new AbortController() };
    this.#current = measurement;
    try {
      await trainer.freezeEncoder();
    } catch (thrown) {
      this.#fail(measurement, thrown);
    }
    if (this.#current === measurement) void this.#measure(measurement);
    else trainer.thawEncoder();
  }

  /** Ends the measurement under way, if any, as a person asked. */
  cancel(): null {
    const { step } = this.#current ?? {};
    if (step !== undefined) this.#end({ state: 'cancelled', step });
    return null;
  }

  /** Ends the measurement under way, if any: its run is no more. */
  abandon(): void {
    if (this.#current) this.#end({ state: 'idle' });
  }

  /** Whatever is left of the measurement finds out at its next turn, and is not heard of again. */
  #end(activity: EvaluationActivity): void {
    this.#current?.controller.abort();
    this.#current?.trainer.thawEncoder();
    this.#current = null;
    this.#emit({ type: 'evaluationActivity', activity });
  }

  #fail(measurement: Measurement, thrown: unknown): void {
    if (this.#current !== measurement) return;
    this.#end({ state: 'failed', step: measurement.step, error: reportOf(thrown) });
  }

  async #measure(measurement: Measurement): Promise<void> {
    const { trainer, step, controller } = measurement;
    const { signal } = controller;
    const start = performance.now();
    const measuring = (fraction: number) =>
      this.#emit({ type: 'evaluationActivity', activity: { state: 'measuring', step, fraction } });
    measuring(0);
    try {
      const source = new EncoderSource(trainer.config, {
        encode: (images) => trainer.encodeFrozen(images),
        portion: portionFor(trainer.runsOn),
        turn: (task) =>
          this.#lock.run(() => {
            signal.throwIfAborted();
            return task();
          }),
      });
      let dueAt = start + progressEveryMs;
      const work = new Work({
        signal,
        nextTask: this.#nextTask,
        sliceMilliseconds: trainer.runsOn.software ? sliceMs.software : sliceMs.gpu,
        onProgress: (done) => {
          if (performance.now() < dueAt) return;
          dueAt = performance.now() + progressEveryMs;
          measuring(done);
        },
      });
      const { seed } = trainer.config;
      const procedure = { seed, budget: liveBudget(source.factorSizes) };
      const result = await evaluateModel(source, procedure, work);
      signal.throwIfAborted();
      const milliseconds = performance.now() - start;
      this.#emit({
        type: 'evaluation',
        evaluation: {
          ...evaluationRecord(step, procedure, result),
          images: source.images,
          milliseconds,
          totalCorrelation: result.totalCorrelation,
          active: result.active,
        },
      });
      this.#end({ state: 'idle' });
    } catch (thrown) {
      this.#fail(measurement, thrown);
    }
  }
}
