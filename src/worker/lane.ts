import type { Player } from '../config/players.ts';
import { factorSizes } from '../data/dataset.ts';
import { cannotError } from '../engines/trainer.ts';
import { AppError, reportOf } from '../errors.ts';
import type { LatentPair } from '../model/codesFrame.ts';
import { sizeOf, tensorsOf } from '../model/parameters.ts';
import type { StepStage } from '../model/stepStages.ts';
import { stepFlops } from '../plan/stepFlops.ts';
import type {
  ExportedFile,
  ParamsOf,
  ResultOf,
  RunInfo,
  SessionPhase,
  WorkerEvent,
} from '../protocol/messages.ts';
import type { LiveChange } from '../record/liveChange.ts';
import { errorReport, part } from '../report.ts';
import type { PictureMaker } from '../run/pictures.ts';
import { checkFactors } from './checks.ts';
import { Evaluator } from './evaluator.ts';
import type { Lock } from './lock.ts';
import { MetricsOutbox } from './metricsOutbox.ts';
import { DivergedError, Run, type RunStart } from './run.ts';
import type { MadeTrainer, OnProgress } from './trainerFactory.ts';
import { Turning } from './turning.ts';

/** Codes are drawn with pictures, but never for more than this share of the time. */
const codesShare = 0.04;

export interface LaneOptions {
  readonly lock: Lock;
  readonly emit: (event: WorkerEvent) => void;
  readonly nextTask: () => Promise<void>;
  /** Whether something beside the run keeps it from training: it is paused then, and says that it is held. */
  readonly isHeld: () => boolean;
}

/** Lets a person look at a stage of a step before it is done. */
export type WaitAt = (stage: StepStage) => Promise<void>;

/**
 * One run with its phase and measurements, and what its page is told of it. It takes no turns by itself: whatever
 * touches the trainer is called by one who holds the lock (see Lockstep).
 */
export class Lane {
  readonly evaluator: Evaluator;
  /** `held` is not a phase of the run, but of a paused run among others. */
  phase: Exclude<SessionPhase, 'held'> = 'empty';
  readonly #emit: (event: WorkerEvent) => void;
  readonly #isHeld: () => boolean;
  readonly #lock: Lock;
  readonly #nextTask: () => Promise<void>;
  #run: Run | null = null;
  #turning: Turning | null = null;
  #outbox = new MetricsOutbox();
  #watched: LatentPair | 'best' | null = null;
  #codesDueAt = Number.NEGATIVE_INFINITY;

  constructor({ lock, emit, nextTask, isHeld }: LaneOptions) {
    this.#emit = emit;
    this.#isHeld = isHeld;
    this.#lock = lock;
    this.#nextTask = nextTask;
    const announce = (event: WorkerEvent) => {
      // A record stands beside its step's metrics: these go first.
      if (event.type === 'evaluation') this.report();
      emit(event);
    };
    this.evaluator = new Evaluator(lock, announce, nextTask);
  }

  get hasRun(): boolean {
    return this.#run !== null;
  }

  /** Whether the run has stopped for good, and not because anyone asked. */
  get hasStopped(): boolean {
    return this.phase === 'diverged' || this.phase === 'failed';
  }

  /** @throws AppError WrongStateError where there is none. */
  get run(): Run {
    if (!this.#run) throw new AppError('WrongStateError.noRun');
    return this.#run;
  }

  get pictures(): PictureMaker {
    return this.run.pictures;
  }

  /**
   * The run's codes as they are turned. @throws AppError WrongStateError where there is none, and while it trains.
   */
  get turning(): Turning {
    if (this.run && (this.phase === 'running' || this.phase === 'failed'))
      throw new AppError('WrongStateError.turn');
    this.#turning ??= new Turning(this.run, this.#lock, this.#nextTask);
    return this.#turning;
  }

  /** Steps handed to the trainer. */
  get step(): number {
    return this.#run?.trainer.step ?? 0;
  }

  /** @throws AppError WrongStateError saying what is needed and what is. */
  expect(phase: SessionPhase, command: 'play' | 'pause' | 'step'): void {
    if (this.run && this.phase !== phase)
      throw new AppError(`WrongStateError.${command}`, { phase: part(`phase.${this.phase}`) });
  }

  /** Does a task before the present run is touched. If it throws, the page is told that this run stays. */
  refusing<Result>(task: () => Result): Result {
    try {
      return task();
    } catch (thrown) {
      return this.refuse(thrown);
    }
  }

  /** The page is told that the present run stays; `thrown` says why. */
  refuse(thrown: unknown): never {
    this.report();
    throw thrown;
  }

  /** Makes a run in place of the last one, paused at its start. */
  async prepare(make: (onProgress: OnProgress) => Promise<MadeTrainer>, start: RunStart): Promise<RunInfo> {
    await this.dispose();
    this.phase = 'preparing';
    this.report();
    try {
      const { trainer, notices } = await make((stage, fraction) =>
        this.#emit({ type: 'progress', stage, fraction }),
      );
      const run = new Run(trainer, start);
      this.#run = run;
      this.#emit({ type: 'progress', stage: 'drawingPictures', fraction: 0.9 });
      await this.draw();
      this.phase = 'paused';
      return {
        config: trainer.config,
        runsOn: trainer.runsOn,
        notices,
        factors: run.pictures.factors,
        known: run.pictures.known,
        imageCount: run.pictures.imageCount,
        startStep: run.startStep,
        can: trainer.model.can,
        columns: trainer.model.columns,
        stepFlops: stepFlops(trainer.model.plan),
        choices: trainer.choices,
        stages: trainer.stages,
        parameterCount: tensorsOf(trainer.model.layers).reduce((sum, spec) => sum + sizeOf(spec.shape), 0),
      };
    } catch (thrown) {
      this.phase = 'empty';
      this.report();
      throw thrown;
    }
  }

  /** Ends the run, if there is one, and frees what it had. */
  async dispose(): Promise<void> {
    this.evaluator.abandon();
    await this.#run?.dispose();
    this.#run = null;
    this.#turning = null;
    this.#outbox = new MetricsOutbox();
  }

  /** Back to the start of the run, paused there. */
  async restart(): Promise<void> {
    this.evaluator.abandon();
    await this.run.reset();
    this.#turning = null;
    this.phase = 'paused';
    this.#outbox = new MetricsOutbox();
    this.#emit({ type: 'restarted' });
    this.report();
    await this.draw();
  }

  /** Takes the numbers of the oldest block; resolves to whether there was one. */
  async collect(): Promise<boolean> {
    const batch = await this.run.collect();
    if (batch) this.#outbox.add(batch);
    return batch !== null;
  }

  /** Takes the numbers of every step that was handed over. */
  async collectAll(): Promise<void> {
    while (await this.collect());
  }

  /** Takes the numbers of every step that was handed over, and shows where training has stopped. */
  async settle(): Promise<void> {
    await this.attempt(() => this.collectAll());
    this.run.pace.pause();
    this.report();
    if (this.phase === 'paused') await this.draw();
  }

  /** A divergence or a lost engine becomes a phase and an event. */
  async attempt(task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (thrown) {
      const diverged = thrown instanceof DivergedError;
      if (diverged) this.#outbox.add(thrown.batch);
      this.evaluator.abandon();
      this.phase = diverged ? 'diverged' : 'failed';
      const problem = reportOf(thrown);
      const { rescuedStep } = this.run;
      this.#emit({
        type: 'error',
        error: diverged ? problem : errorReport('EngineFailedError', { problem, rescuedStep }),
      });
      this.report();
      if (diverged) await this.draw();
    }
  }

  /** Changes live settings for the next step on. @throws what `Run.setLive` throws */
  setLive(settings: ParamsOf<'setLive'>): readonly LiveChange[] {
    const changes = this.run.setLive(settings);
    // No step of this run will train with it: it is for the one after the reset, and has no place on the charts.
    if (this.phase === 'diverged') {
      this.report();
      return [];
    }
    for (const change of changes) this.#emit({ type: 'liveChange', change });
    if (changes.length > 0) this.report();
    return changes;
  }

  /** Makes those changes of the run's replay that act from the next step on. */
  followReplay(): void {
    const changes = this.run.followReplay();
    for (const change of changes) this.#emit({ type: 'liveChange', change });
  }

  /**
   * Hands a block of steps to the trainer: of the player that a person chose, else as the replay has them. It must
   * not be longer than the run's `ahead`. With `wait` it is one step, done stage by stage.
   */
  submit(steps: number, chosen: Player | null, wait: WaitAt | null): void {
    const { run } = this;
    if (chosen) run.chooseStep(chosen);
    const only = chosen ?? run.ahead.only;
    if (only) this.#emit({ type: 'loneSteps', lone: { step: this.step + 1, player: only, steps } });
    const stages = run.trainer.stages ?? [];
    const at = async (stage: number) => {
      this.#emit({ type: 'stage', stage });
      await wait?.(stages[stage]);
    };
    run.submit(steps, only, wait && at);
  }

  async setTraversalBase(factors: readonly number[]): Promise<void> {
    checkFactors(factors, this.pictures.choices);
    this.pictures.setBase(factors);
    await this.draw();
  }

  async decode(code: Float32Array, rest?: Float32Array): Promise<ResultOf<'decode'>> {
    const { latents } = this.run.trainer.config;
    if (code.length !== latents) throw new AppError('InvalidCodeError', { latents, given: code.length });
    return { step: this.step, picture: await this.pictures.decode(code, rest) };
  }

  export(): Promise<ExportedFile> {
    return this.run.export(this.phase === 'failed');
  }

  checkpoint(): Promise<ResultOf<'checkpoint'>> {
    if (this.run && this.phase === 'failed') throw new AppError('WrongStateError.lostOptimisers');
    return this.run.checkpoint();
  }

  /** Sends the page a safety copy, the metrics up to it first; nothing where the state is not finite. */
  async copy(): Promise<void> {
    const copy = await this.run.copy();
    if (!copy) return;
    this.report();
    this.#emit({ type: 'copy', copy });
  }

  /** @throws AppError WrongStateError, CannotError, and what `Evaluator.expectFree` throws. */
  expectMeasurable(): void {
    if (this.run && this.phase === 'failed') throw new AppError('WrongStateError.lostModel');
    if (!this.run.trainer.model.can.encode) throw cannotError('encode');
    this.evaluator.expectFree();
  }

  /** Draws the model as it is now, and has what its latents know found out beside. */
  async draw(): Promise<void> {
    this.#emit({ type: 'pictures', pictures: await this.pictures.draw() });
    await this.#drawCodes();
    const { trainer, pictures } = this.run;
    if (trainer.model.can.encode && factorSizes(pictures.known).some((size) => size > 1))
      await this.evaluator.survey(trainer, this.phase !== 'running');
  }

  /** Draws codes from now on, whenever pictures are drawn; the first at once. */
  async watchCodes(pair: LatentPair | 'best' | null): Promise<null> {
    this.#watched = pair;
    this.#codesDueAt = Number.NEGATIVE_INFINITY;
    if (this.#run && this.phase !== 'failed') await this.#drawCodes();
    return null;
  }

  async #drawCodes(): Promise<void> {
    const { trainer, codes } = this.run;
    const start = performance.now();
    if (this.#watched === null || !trainer.model.can.encode || trainer.config.latents < 2) return;
    if (this.phase === 'running' && start < this.#codesDueAt) return;
    const wanted = this.#watched === 'best' || !codes.has(this.#watched) ? 'best' : this.#watched;
    this.#emit({ type: 'codes', codes: await codes.draw(wanted) });
    const now = performance.now();
    this.#codesDueAt = now + (now - start) / codesShare;
  }

  /** Sends the metrics gathered since the last time, then the state. */
  report(): void {
    const batch = this.#outbox.take();
    if (batch) this.#emit({ type: 'metrics', batch });
    const run = this.#run;
    this.#emit({
      type: 'state',
      state: {
        phase: this.phase === 'paused' && this.#isHeld() ? 'held' : this.phase,
        step: this.step,
        elapsed: run?.pace.elapsed ?? 0,
        stepsPerSecond: this.phase === 'running' ? (run?.pace.stepsPerSecond(performance.now()) ?? 0) : 0,
        live: run?.live ?? null,
        cost: run?.trainer.cost ?? null,
      },
    });
  }
}
