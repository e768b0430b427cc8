import { AppError, reportOf } from '../errors.ts';
import { sizeOf, tensorSpecs } from '../model/parameters.ts';
import type {
  FactorsEncoded,
  MetricsBatch,
  ParamsOf,
  ResultOf,
  RunInfo,
  SessionPhase,
  WorkerEvent,
} from '../protocol/messages.ts';
import type { CommandHandlers } from '../protocol/server.ts';
import { checkConfig, checkFactors, wrongState } from './checks.ts';
import { Evaluator } from './evaluator.ts';
import { readForkStart } from './forkStart.ts';
import { Lock } from './lock.ts';
import { MetricsOutbox } from './metricsOutbox.ts';
import { DivergedError, Run } from './run.ts';
import type { TrainerFactory } from './trainerFactory.ts';

/** Metrics and state go to the page at most this often. */
const reportEveryMs = 125;
/** Pictures are drawn at most this often, and never for more than this share of the time. */
const picturesEveryMs = 500;
const picturesShare = 0.05;
/** A run that is held back does its steps in about so many blocks a second. */
const slowBlocksPerSecond = 20;

/**
 * The training session of one page: its commands, the loop that trains, and the events that tell of it. A lock keeps
 * everything that touches the trainer one after the other; the loop takes it block by block, so commands act between.
 */
export class TrainingSession {
  readonly handlers: CommandHandlers;
  readonly #factory: TrainerFactory;
  readonly #emit: (event: WorkerEvent) => void;
  readonly #nextTask: () => Promise<void>;
  readonly #lock = new Lock();
  readonly #evaluator: Evaluator;
  #run: Run | null = null;
  #phase: SessionPhase = 'empty';
  #outbox = new MetricsOutbox();
  /** Steps a second at most; null for flat out. */
  #speedLimit: number | null = null;
  #picturesDueAt = 0;
  #reportDueAt = 0;

  constructor(factory: TrainerFactory, emit: (event: WorkerEvent) => void, nextTask: () => Promise<void>) {
    this.#factory = factory;
    this.#emit = emit;
    this.#nextTask = nextTask;
    const announce = (event: WorkerEvent) => {
      // A record stands beside its step's metrics: these go first.
      if (event.type === 'evaluation') this.#report();
      emit(event);
    };
    this.#evaluator = new Evaluator(this.#lock, announce, nextTask);
    this.handlers = {
      probe: () => factory.probe(),
      configure: (params) => this.#configure(params),
      run: () => this.#start(),
      pause: () => this.#pause(),
      step: () => this.#step(),
      reset: () => this.#reset(),
      setLive: (params) => this.#lock.run(() => this.#setLive(params)),
      setSpeed: ({ stepsPerSecond }) => this.#setSpeed(stepsPerSecond),
      setTraversalBase: ({ factors }) => this.#lock.run(() => this.#setTraversalBase(factors)),
      encodeFactors: ({ factors }) => this.#lock.run(() => this.#encodeFactors(factors)),
      decode: ({ code }) => this.#lock.run(() => this.#decode(code)),
      traceFactor: ({ factor }) => this.#lock.run(() => this.#needRun().pictures.trace(factor)),
      evaluate: () => this.#lock.run(() => this.#evaluate()),
      cancelEvaluation: () => this.#evaluator.cancel(),
      setEvaluateEvery: ({ steps }) => this.#evaluator.setEvery(steps),
      exportWeights: () => this.#lock.run(() => this.#needRun().export(this.#phase === 'failed')),
      checkpoint: () => this.#lock.run(() => this.#checkpoint()),
    };
  }

  async #configure({ config, backend, checkpoint }: ParamsOf<'configure'>): Promise<RunInfo> {
    const checked = checkConfig(config);
    const start = checkpoint ? readForkStart(checkpoint, checked) : null;
    // At once, so that the loop stops; and again when its turn comes, for another one may have finished before.
    this.#enter('preparing');
    return this.#lock.run(async () => {
      this.#enter('preparing');
      this.#evaluator.abandon();
      await this.#run?.dispose();
      this.#run = null;
      this.#outbox = new MetricsOutbox();
      try {
        const { trainer, notices } = await this.#factory.create(checked, backend, (stage, fraction) =>
          this.#emit({ type: 'progress', stage, fraction }),
        );
        const run = new Run(trainer, start);
        this.#run = run;
        this.#emit({ type: 'progress', stage: 'Drawing the first pictures', fraction: 0.9 });
        await this.#drawPictures(run);
        this.#enter('paused');
        return {
          config: trainer.config,
          backend: trainer.backend,
          notices,
          factorSizes: run.pictures.factorSizes,
          startStep: trainer.step,
          parameterCount: tensorSpecs(trainer.config).reduce((sum, spec) => sum + sizeOf(spec.shape), 0),
        };
      } catch (thrown) {
        this.#enter('empty');
        throw thrown;
      }
    });
  }

  #start(): null {
    this.#expect('paused', 'Training can start only while it is paused');
    this.#enter('running');
    void this.#loop();
    return null;
  }

  async #pause(): Promise<null> {
    this.#expect('running', 'Training can pause only while it runs');
    this.#enter('paused');
    await this.#lock.run(() => this.#afterTraining());
    return null;
  }

  async #step(): Promise<ResultOf<'step'>> {
    this.#expect('paused', 'A single step needs a paused run');
    return this.#lock.run(async () => {
      const run = this.#needRun();
      await this.#train(run, 1, 1);
      await this.#afterTraining();
      return { step: run.trainer.step };
    });
  }

  async #reset(): Promise<null> {
    this.#needRun();
    if (this.#phase === 'failed') throw wrongState('The backend was lost: start a new run');
    if (this.#phase === 'preparing') throw wrongState('The new run is not ready yet');
    this.#enter('paused');
    return this.#lock.run(async () => {
      const run = this.#needRun();
      this.#evaluator.abandon();
      await run.reset();
      this.#outbox = new MetricsOutbox();
      this.#report();
      await this.#drawPictures(run);
      return null;
    });
  }

  #setLive(settings: ParamsOf<'setLive'>): ResultOf<'setLive'> {
    const changes = this.#needRun().setLive(settings);
    // No step of this run will train with it: it is for the one after the reset, and has no place on the charts.
    if (this.#phase === 'diverged') {
      this.#report();
      return { changes: [] };
    }
    for (const change of changes) this.#emit({ type: 'liveChange', change });
    if (changes.length > 0) this.#report();
    return { changes };
  }

  #setSpeed(stepsPerSecond: number | null): null {
    if (stepsPerSecond !== null && !(stepsPerSecond > 0))
      throw new AppError('InvalidSettingError', 'The speed must be a number of steps a second above 0.');
    this.#speedLimit = stepsPerSecond;
    return null;
  }

  async #setTraversalBase(factors: readonly number[]): Promise<null> {
    const run = this.#needRun();
    checkFactors(factors, run.pictures.factorSizes);
    run.pictures.setBase(factors);
    await this.#drawPictures(run);
    return null;
  }

  #encodeFactors(factors: readonly number[]): Promise<FactorsEncoded> {
    const run = this.#needRun();
    checkFactors(factors, run.pictures.factorSizes);
    return run.pictures.encode(factors);
  }

  async #decode(code: Float32Array): Promise<ResultOf<'decode'>> {
    const run = this.#needRun();
    const { latents } = run.trainer.config;
    if (code.length !== latents)
      throw new AppError('InvalidCodeError', `A code has ${latents} numbers, not ${code.length}.`);
    return { step: run.trainer.step, picture: await run.pictures.decode(code) };
  }

  #checkpoint(): Promise<ResultOf<'checkpoint'>> {
    const run = this.#needRun();
    if (this.#phase === 'failed') throw wrongState('The backend was lost: its optimisers cannot be read');
    return run.checkpoint();
  }

  #evaluate(): ResultOf<'evaluate'> {
    const run = this.#needRun();
    if (this.#phase === 'failed') throw wrongState('The backend was lost: there is no model to measure');
    return { step: this.#evaluator.begin(run.trainer) };
  }

  /** Trains while the phase says so, giving way to commands and messages between blocks. */
  async #loop(): Promise<void> {
    while (this.#phase === 'running') {
      const start = performance.now();
      const limit = this.#speedLimit;
      const steps = await this.#lock.run(() => this.#trainOnce(limit));
      await this.#nextTask();
      if (limit !== null) await this.#waitUntil(start + (1000 * steps) / limit, limit);
    }
  }

  /** One turn of the loop; resolves with the steps of a block. */
  async #trainOnce(limit: number | null): Promise<number> {
    // A command that came first may have paused or replaced the run.
    if (this.#phase !== 'running' || !this.#run) return 0;
    const run = this.#run;
    const slow = limit === null ? null : Math.max(1, Math.round(limit / slowBlocksPerSecond));
    const steps = slow === null ? run.pace.blockSteps : Math.min(slow, run.pace.blockSteps);
    await this.#train(run, steps, slow === null ? run.blocksAhead : 1);
    const now = performance.now();
    if (now >= this.#reportDueAt) this.#report();
    if (now >= this.#picturesDueAt && this.#phase === 'running') await this.#drawPictures(run);
    return steps;
  }

  /** Waits for the time of the next block, unless the run stops or its speed is changed in the meantime. */
  async #waitUntil(time: number, limit: number): Promise<void> {
    for (;;) {
      const left = time - performance.now();
      if (left <= 0 || this.#phase !== 'running' || this.#speedLimit !== limit) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 50)));
    }
  }

  /** Hands the trainer its next blocks of steps, and takes the numbers of the oldest. */
  async #train(run: Run, steps: number, blocks: number): Promise<void> {
    await this.#attempt(run, async () => {
      const { step } = run.trainer;
      await run.submit(steps, blocks, this.#evaluator.nextDue(step));
      if (run.trainer.step > step) this.#evaluator.beginIfDue(run.trainer);
      await this.#collect(run);
    });
  }

  async #collect(run: Run): Promise<boolean> {
    const batch = await run.collect();
    if (batch) this.#outbox.add(batch);
    return batch !== null;
  }

  /** A divergence or a lost backend becomes a phase and an event. */
  async #attempt(run: Run, task: () => Promise<void>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      const diverged = thrown instanceof DivergedError;
      if (diverged) this.#outbox.add(thrown.batch);
      this.#evaluator.abandon();
      this.#enter(diverged ? 'diverged' : 'failed');
      const error = reportOf(thrown);
      this.#emit({
        type: 'error',
        error: diverged
          ? error
          : {
              ...error,
              message: `${error.message} The weights of step ${run.rescuedStep} can still be exported.`,
            },
      });
      this.#report();
      if (diverged) await this.#drawPictures(run);
    }
  }

  /** Takes the numbers of every step that was handed over, and shows where training has stopped. */
  async #afterTraining(): Promise<null> {
    const run = this.#run;
    if (!run) return null;
    await this.#attempt(run, async () => {
      while (await this.#collect(run));
    });
    run.pace.pause();
    this.#report();
    if (this.#phase === 'paused') await this.#drawPictures(run);
    return null;
  }

  async #drawPictures(run: Run): Promise<void> {
    const start = performance.now();
    this.#emit({ type: 'pictures', pictures: await run.pictures.draw() });
    const now = performance.now();
    this.#picturesDueAt = now + Math.max(picturesEveryMs, (now - start) / picturesShare);
  }

  #enter(phase: SessionPhase): void {
    this.#phase = phase;
    this.#report();
  }

  /** Sends the metrics gathered since the last time, then the state. */
  #report(): void {
    const batch: MetricsBatch | null = this.#outbox.take();
    if (batch) this.#emit({ type: 'metrics', batch });
    const run = this.#run;
    const now = performance.now();
    this.#reportDueAt = now + reportEveryMs;
    this.#emit({
      type: 'state',
      state: {
        phase: this.#phase,
        step: run?.trainer.step ?? 0,
        elapsed: run?.pace.elapsed ?? 0,
        stepsPerSecond: this.#phase === 'running' ? (run?.pace.stepsPerSecond(now) ?? 0) : 0,
        live: run?.live ?? null,
        cost: run?.trainer.cost ?? null,
      },
    });
  }

  #needRun(): Run {
    if (!this.#run) throw wrongState('There is no run yet: configure one first');
    return this.#run;
  }

  #expect(phase: SessionPhase, need: string): void {
    this.#needRun();
    if (this.#phase !== phase) throw wrongState(`${need}; now it is ${this.#phase}`);
  }
}
