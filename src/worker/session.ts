import { runConfigSchema } from '../config/schema.ts';
import { combinationCount } from '../data/factors.ts';
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
import { Lock } from './lock.ts';
import { MetricsOutbox } from './metricsOutbox.ts';
import { DivergedError, Run } from './run.ts';
import type { TrainerFactory } from './trainerFactory.ts';

/** Metrics and state go to the page at most this often. */
const reportEveryMs = 125;
/** Pictures are drawn at most this often, and never for more than this share of the time. */
const picturesEveryMs = 500;
const picturesShare = 0.05;

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
  #run: Run | null = null;
  #phase: SessionPhase = 'empty';
  #outbox = new MetricsOutbox();
  #picturesDueAt = 0;
  #reportDueAt = 0;

  constructor(factory: TrainerFactory, emit: (event: WorkerEvent) => void, nextTask: () => Promise<void>) {
    this.#factory = factory;
    this.#emit = emit;
    this.#nextTask = nextTask;
    this.handlers = {
      probe: () => factory.probe(),
      configure: (params) => this.#configure(params),
      run: () => this.#start(),
      pause: () => this.#pause(),
      step: () => this.#step(),
      reset: () => this.#reset(),
      setLive: (params) => this.#lock.run(() => this.#setLive(params)),
      setTraversalBase: ({ factors }) => this.#lock.run(() => this.#setTraversalBase(factors)),
      encodeFactors: ({ factors }) => this.#lock.run(() => this.#encodeFactors(factors)),
      decode: ({ code }) => this.#lock.run(() => this.#decode(code)),
      exportWeights: () => this.#lock.run(() => this.#needRun().export(this.#phase === 'failed')),
    };
  }

  async #configure({ config, backend }: ParamsOf<'configure'>): Promise<RunInfo> {
    const parsed = runConfigSchema.safeParse(config);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new AppError('InvalidConfigError', `${issue.path.join('.')}: ${issue.message}.`);
    }
    // At once, so that the loop stops; and again when its turn comes, for another one may have finished before.
    this.#enter('preparing');
    return this.#lock.run(async () => {
      this.#enter('preparing');
      this.#run?.trainer.dispose();
      this.#run = null;
      this.#outbox = new MetricsOutbox();
      try {
        const { trainer, notices } = await this.#factory.create(parsed.data, backend, (stage, fraction) =>
          this.#emit({ type: 'progress', stage, fraction }),
        );
        const run = new Run(trainer);
        this.#run = run;
        this.#emit({ type: 'progress', stage: 'Drawing the first pictures', fraction: 0.9 });
        await this.#drawPictures(run);
        this.#enter('paused');
        return {
          config: trainer.config,
          backend: trainer.backend,
          notices,
          factorSizes: run.pictures.factorSizes,
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
      await this.#train(run, 1);
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
      run.reset();
      this.#outbox = new MetricsOutbox();
      this.#report();
      await this.#drawPictures(run);
      return null;
    });
  }

  #setLive(settings: ParamsOf<'setLive'>): ResultOf<'setLive'> {
    const changes = this.#needRun().setLive(settings);
    for (const change of changes) this.#emit({ type: 'liveChange', change });
    if (changes.length > 0) this.#report();
    return { changes };
  }

  async #setTraversalBase(factors: readonly number[]): Promise<null> {
    const run = this.#needRun();
    this.#checkFactors(run, factors);
    run.pictures.setBase(factors);
    await this.#drawPictures(run);
    return null;
  }

  #encodeFactors(factors: readonly number[]): Promise<FactorsEncoded> {
    const run = this.#needRun();
    this.#checkFactors(run, factors);
    return run.pictures.encode(factors);
  }

  async #decode(code: Float32Array): Promise<ResultOf<'decode'>> {
    const run = this.#needRun();
    const { latents } = run.trainer.config;
    if (code.length !== latents)
      throw new AppError('InvalidCodeError', `A code has ${latents} numbers, not ${code.length}.`);
    return { step: run.trainer.step, picture: await run.pictures.decode(code) };
  }

  /** Trains while the phase says so, giving way to commands and messages between blocks. */
  async #loop(): Promise<void> {
    while (this.#phase === 'running') {
      await this.#lock.run(async () => {
        // A command that came first may have paused or replaced the run.
        if (this.#phase !== 'running' || !this.#run) return;
        const run = this.#run;
        await this.#train(run, run.pace.blockSteps);
        const now = performance.now();
        if (now >= this.#reportDueAt) this.#report();
        if (now >= this.#picturesDueAt && this.#phase === 'running') await this.#drawPictures(run);
      });
      await this.#nextTask();
    }
  }

  /** Trains a block; a divergence or a lost backend becomes a phase and an event. */
  async #train(run: Run, steps: number): Promise<void> {
    try {
      this.#outbox.add(await run.train(steps));
    } catch (thrown) {
      const diverged = thrown instanceof DivergedError;
      if (diverged) this.#outbox.add(thrown.batch);
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

  async #afterTraining(): Promise<null> {
    this.#run?.pace.pause();
    this.#report();
    if (this.#run && this.#phase === 'paused') await this.#drawPictures(this.#run);
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

  #checkFactors(run: Run, factors: readonly number[]): void {
    const sizes = run.pictures.factorSizes;
    const fits =
      factors.length === sizes.length &&
      factors.every((value, i) => Number.isInteger(value) && value >= 0 && value < sizes[i]);
    if (!fits)
      throw new AppError(
        'InvalidFactorsError',
        `Factors are whole numbers below ${sizes.join(', ')} (${combinationCount(sizes)} combinations), not ${factors.join(', ')}.`,
      );
  }
}

function wrongState(sentence: string): AppError {
  return new AppError('WrongStateError', `${sentence}.`);
}
