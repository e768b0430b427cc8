import type { Trainer } from '../engines/trainer.ts';
import { AppError, reportOf } from '../errors.ts';
import { estimateModel, evaluateModel, liveBudget } from '../metrics/evaluateModel.ts';
import { knownShares, knownSharesImages } from '../metrics/knownShares.ts';
import { Work } from '../metrics/work.ts';
import type { EvaluationActivity } from '../protocol/evaluation.ts';
import type { WorkerEvent } from '../protocol/messages.ts';
import { evaluationRecord } from '../record/evaluationRecord.ts';
import { EncoderSource } from '../run/encoderSource.ts';
import type { Lock } from './lock.ts';
import { portionFor } from './portion.ts';

/** Progress goes to the page at most this often. */
const progressEveryMs = 125;
/**
 * Computing between two blocks of training: short where they wait on a GPU, as long as a block where they take
 * turns.
 */
const sliceMs = { gpu: 12, software: 40 };
/**
 * What latents know is asked at most this often while it trains, and never for more than this share of the time.
 */
const surveyEveryMs = 2000;
const surveyShare = 0.05;

interface Measurement {
  /** A survey goes on unseen, and gives way to a measurement that is asked for. */
  readonly kind: 'measurement' | 'survey';
  readonly trainer: Trainer;
  readonly step: number;
  readonly controller: AbortController;
}

/**
 * Measures the model, one measurement at a time. The encoder is frozen on the device when a measurement begins, so
 * all codes come from one step's parameters; images are encoded in turns with training, scores are computed
 * between its blocks. The same seed and step give the same record.
 */
export class Evaluator {
  readonly #lock: Lock;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #nextTask: () => Promise<void>;
  #current: Measurement | null = null;
  /** The step that the last survey was begun at, and when the next one is due. */
  #surveyed: number | null = null;
  #surveyDueAt: number | null = null;

  constructor(lock: Lock, emit: (event: WorkerEvent) => void, nextTask: () => Promise<void>) {
    this.#lock = lock;
    this.#emit = emit;
    this.#nextTask = nextTask;
  }

  get isFree(): boolean {
    return this.#current?.kind !== 'measurement';
  }

  /** Whether nothing is under way, not even a survey. */
  get isIdle(): boolean {
    return this.#current === null;
  }

  /** @throws AppError EvaluationUnderWayError */
  expectFree(): void {
    if (this.#current?.kind === 'measurement')
      throw new AppError('EvaluationUnderWayError', { step: this.#current.step });
  }

  /**
   * Begins to measure the trainer's present model: resolves once it is frozen. To be called when nothing else uses
   * the trainer.
   * @throws AppError EvaluationUnderWayError
   */
  async begin(trainer: Trainer): Promise<void> {
    this.expectFree();
    await this.#start(trainer, 'measurement');
  }

  /**
   * Begins to ask what each latent knows of each factor, beside training, where it is time or, with `now`, at
   * once. Not where a measurement is under way, or nothing was trained since. To be called when nothing else uses
   * the trainer.
   */
  async survey(trainer: Trainer, now: boolean): Promise<void> {
    const { step } = trainer;
    // Of a run that has just begun to train there is nothing to know yet.
    this.#surveyDueAt ??= performance.now() + surveyEveryMs;
    const due = now ? this.isFree : this.#current === null && performance.now() >= this.#surveyDueAt;
    if (!due || step === 0 || step === this.#surveyed) return;
    this.#surveyed = step;
    await this.#start(trainer, 'survey');
  }

  async #start(trainer: Trainer, kind: Measurement['kind']): Promise<void> {
    this.#current?.controller.abort();
    const measurement = { kind, trainer, step: trainer.step, controller: new AbortController() };
    this.#current = measurement;
    try {
      await trainer.freezeEncoder();
    } catch (thrown) {
      this.#fail(measurement, thrown);
    }
    if (this.#current !== measurement) trainer.thawEncoder();
    else if (kind === 'survey') void this.#survey(measurement);
    else void this.#measure(measurement);
  }

  /** Ends the measurement under way, if any, as a person asked. */
  cancel(): null {
    if (this.#current?.kind === 'measurement') this.#end({ state: 'cancelled', step: this.#current.step });
    return null;
  }

  /** Ends what is under way, if anything: its run is no more. */
  abandon(): void {
    this.#surveyed = null;
    this.#surveyDueAt = null;
    if (this.#current) this.#end({ state: 'idle' });
  }

  /** Whatever is left of the measurement finds out at its next turn, and is not heard of again. */
  #end(activity: EvaluationActivity): void {
    const ended = this.#current;
    ended?.controller.abort();
    ended?.trainer.thawEncoder();
    this.#current = null;
    if (ended?.kind === 'measurement') this.#emit({ type: 'evaluationActivity', activity });
  }

  #fail(measurement: Measurement, thrown: unknown): void {
    if (this.#current !== measurement) return;
    this.#end({ state: 'failed', step: measurement.step, error: reportOf(thrown) });
  }

  async #survey(measurement: Measurement): Promise<void> {
    const { trainer, step, controller } = measurement;
    const start = performance.now();
    try {
      const sample = { seed: trainer.config.seed, images: knownSharesImages };
      const shares = await knownShares(this.#frozenSource(measurement), sample, this.#work(measurement));
      controller.signal.throwIfAborted();
      const now = performance.now();
      this.#surveyDueAt = now + Math.max(surveyEveryMs, (now - start) / surveyShare);
      this.#emit({ type: 'knowledge', knowledge: { step, shares } });
      this.#end({ state: 'idle' });
    } catch (thrown) {
      this.#fail(measurement, thrown);
    }
  }

  /** The frozen encoder, whose images are encoded in turns with training. */
  #frozenSource({ trainer, controller: { signal } }: Measurement): EncoderSource {
    return new EncoderSource(trainer.config, {
      encode: (images) => trainer.encodeFrozen(images),
      portion: portionFor(trainer.runsOn),
      turn: (task) =>
        this.#lock.run(() => {
          signal.throwIfAborted();
          return task();
        }),
    });
  }

  /** Computing in slices between blocks of training. */
  #work({ trainer, controller: { signal } }: Measurement, onProgress?: (done: number) => void): Work {
    const sliceMilliseconds = trainer.runsOn.software ? sliceMs.software : sliceMs.gpu;
    return new Work({
      signal,
      nextTask: this.#nextTask,
      sliceMilliseconds,
      ...(onProgress && { onProgress }),
    });
  }

  async #measure(measurement: Measurement): Promise<void> {
    const { trainer, step, controller } = measurement;
    const { signal } = controller;
    const start = performance.now();
    const measuring = (fraction: number) =>
      this.#emit({ type: 'evaluationActivity', activity: { state: 'measuring', step, fraction } });
    measuring(0);
    try {
      const source = this.#frozenSource(measurement);
      let dueAt = start + progressEveryMs;
      const work = this.#work(measurement, (done) => {
        if (performance.now() < dueAt) return;
        dueAt = performance.now() + progressEveryMs;
        measuring(done);
      });
      const { seed } = trainer.config;
      const procedure = { seed, budget: liveBudget(source.choices) };
      if (source.factorSizes.length === 0) {
        const estimates = await estimateModel(source, procedure, work);
        signal.throwIfAborted();
        this.#emit({ type: 'estimates', estimates: { step, ...estimates } });
        this.#end({ state: 'idle' });
        return;
      }
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
