import type { Player } from '../config/players.ts';
import { AppError } from '../errors.ts';
import type { ParamsOf, ResultOf, RunInfo, Speed } from '../protocol/messages.ts';
import { nextMultiple } from '../run/multiples.ts';
import type { Lane, WaitAt } from './lane.ts';
import { Lock } from './lock.ts';
import { heldBackSteps, SpeedLimit } from './speedLimit.ts';

/** Metrics and state go to the page at most this often. */
const reportEveryMs = 125;
/** Pictures are drawn at most this often, and never for more than this share of the time. */
const picturesEveryMs = 500;
const picturesShare = 0.05;

/**
 * Trains one run, or several side by side: the loop, and the commands that mean all of them. The lanes take turns
 * block by block, as long as the slowest one's pace allows, and each round ends with all at the same step. They
 * start, pause and go back together; where one stops for good, all do. A lock keeps everything that touches a
 * trainer one after the other, so commands act between rounds.
 */
export class Lockstep {
  readonly lock = new Lock();
  readonly nextTask: () => Promise<void>;
  readonly #lanes = new Set<Lane>();
  readonly #limit = new SpeedLimit(() => this.#running);
  /** Steps from one measurement to the next; null for none but those asked for. */
  #measureEvery: number | null = null;
  #looping = false;
  #reportDueAt = 0;
  #picturesDueAt = 0;

  constructor(nextTask: () => Promise<void>) {
    this.nextTask = nextTask;
  }

  /** Whether training can start: every lane is paused, and at the same step. */
  get ready(): boolean {
    const [first, ...rest] = this.#lanes;
    return (
      first?.phase === 'paused' && rest.every(({ phase, step }) => phase === 'paused' && step === first.step)
    );
  }

  join(lane: Lane): void {
    this.#halt();
    this.#lanes.add(lane);
    this.#report();
  }

  /** Ends a lane's run; the others stay paused, where they were. */
  async leave(lane: Lane): Promise<void> {
    this.#halt();
    await this.lock.run(async () => {
      this.#lanes.delete(lane);
      await lane.dispose();
      await this.#settle();
    });
  }

  /**
   * Has a lane make its run; the others go back to their start, for no run is ahead of another. A run that goes on
   * from a safety copy leaves those that stand at its step where they are.
   */
  async configure(lane: Lane, prepare: () => Promise<RunInfo>): Promise<RunInfo> {
    // At once, so that the loop stops; and again when its turn comes, for another one may have finished before.
    this.#halt();
    lane.phase = 'preparing';
    this.#report();
    return this.lock.run(async () => {
      this.#halt();
      await this.#settle();
      const info = await prepare();
      const goesOn = lane.step > info.startStep;
      for (const other of this.#lanes) {
        if (other === lane || !other.hasRun || other.phase === 'failed') continue;
        if (!goesOn || other.step !== lane.step) await other.restart();
      }
      this.#report();
      return info;
    });
  }

  play(): null {
    this.#expectReady('play');
    this.#enter('running');
    if (!this.#looping) void this.#loop();
    return null;
  }

  async pause(): Promise<null> {
    this.#expect('running', 'pause');
    this.#halt();
    await this.lock.run(() => this.#settle());
    return null;
  }

  /** @param only The one player that learns in it; null for a whole step. */
  async step(only: Player | null = null): Promise<ResultOf<'step'>> {
    this.#expectReady('step');
    if (only) for (const { run } of this.#lanes) run.expectPlayer(only);
    return this.lock.run(async () => {
      await this.#train(1, 1, only);
      await this.#settle();
      const [{ step }] = this.#lanes;
      return { step };
    });
  }

  async reset(): Promise<null> {
    for (const { run, phase } of this.#lanes) {
      if (run && phase === 'failed') throw new AppError('WrongStateError.lost');
      if (phase === 'preparing') throw new AppError('WrongStateError.preparing');
    }
    this.#enter('paused');
    return this.lock.run(async () => {
      for (const lane of this.#lanes) await lane.restart();
      this.#report();
      return null;
    });
  }

  /** The objective's weights are a lane's own; what the lanes share acts on all of them, from the same step on. */
  setLive(lane: Lane, settings: ParamsOf<'setLive'>): ResultOf<'setLive'> {
    const changes = lane.setLive(settings);
    const { gamma: _gamma, beta: _beta, informationWeight: _information, ...shared } = settings;
    for (const other of this.#lanes) if (other !== lane && other.hasRun) other.setLive(shared);
    return { changes };
  }

  setSpeed(stepsPerSecond: Speed): null {
    this.#limit.set(stepsPerSecond);
    return null;
  }

  /** The same base image for all, or their traversals could not be compared. */
  async setTraversalBase(lane: Lane, factors: readonly number[]): Promise<null> {
    await lane.setTraversalBase(factors);
    for (const other of this.#lanes)
      if (other !== lane && other.hasRun) await other.setTraversalBase(factors);
    return null;
  }

  /** Makes a safety copy of every run, between two rounds: so all are of the same step. */
  async copy(): Promise<null> {
    return this.lock.run(async () => {
      const lanes = [...this.#lanes].filter(({ phase }) => phase === 'running' || phase === 'paused');
      for (const lane of lanes) {
        await lane.attempt(() => lane.collectAll());
        if (lane.hasStopped) {
          await this.#stop();
          return null;
        }
      }
      for (const lane of lanes) await lane.attempt(() => lane.copy());
      if (lanes.some(({ hasStopped }) => hasStopped)) await this.#stop();
      return null;
    });
  }

  /** Begins to measure every lane's model of the present step. */
  async evaluate(): Promise<ResultOf<'evaluate'>> {
    for (const lane of this.#lanes) lane.expectMeasurable();
    const [{ step }] = this.#lanes;
    for (const { evaluator, run } of this.#lanes) await evaluator.begin(run.trainer);
    return { step };
  }

  cancelEvaluation(): null {
    for (const { evaluator } of this.#lanes) evaluator.cancel();
    return null;
  }

  /** @throws AppError InvalidSettingError */
  setEvaluateEvery(steps: number | null): null {
    if (steps !== null && !(Number.isInteger(steps) && steps > 0))
      throw new AppError('InvalidSettingError.interval');
    this.#measureEvery = steps;
    return null;
  }

  get #running(): boolean {
    for (const { phase } of this.#lanes) if (phase !== 'running') return false;
    return this.#lanes.size > 0;
  }

  /** Whether anything is measured, unseen surveys among it. */
  get #measures(): boolean {
    return [...this.#lanes].some(({ evaluator }) => !evaluator.isIdle);
  }

  /** Trains while every lane is to, giving way to commands and messages between rounds. */
  async #loop(): Promise<void> {
    this.#looping = true;
    while (this.#running) {
      const start = performance.now();
      const { speed } = this.#limit;
      // A slow step holds the lock for seconds: what is measured beside it would get one portion each.
      if (speed === 'stages') await this.#limit.waitWhile(() => this.#measures);
      const steps = await this.lock.run(() => this.#round(speed));
      await this.nextTask();
      if (typeof speed === 'number') await this.#limit.waitForNext(speed, start, steps);
    }
    this.#looping = false;
  }

  /** A block of every lane; resolves with its steps. */
  async #round(speed: Speed): Promise<number> {
    // A command that came first may have paused or replaced a run.
    if (!this.#running) return 0;
    if (speed === 'stages') return this.#slowStep();
    const runs = [...this.#lanes].map(({ run }) => run);
    const paced = Math.min(...runs.map(({ pace }) => pace.blockSteps));
    const steps = speed === null ? paced : heldBackSteps(speed, paced);
    await this.#train(steps, speed === null ? Math.min(...runs.map(({ blocksAhead }) => blocksAhead)) : 1);
    await this.#show();
    return steps;
  }

  async #show(): Promise<void> {
    const now = performance.now();
    if (now >= this.#reportDueAt) this.#report();
    if (now >= this.#picturesDueAt && this.#running) await this.#draw();
  }

  /** One step of every lane, stage by stage, all of them at once; in one where a trainer has no stages. */
  async #slowStep(): Promise<number> {
    await this.#train(1, 1, null, (stage) => this.#limit.waitAt(stage));
    const [{ run }] = this.#lanes;
    if (!run.trainer.stages) await this.#limit.waitAt(null);
    await this.#show();
    return 1;
  }

  /** Hands the trainers their next blocks of steps, and takes the numbers of the oldest of each. */
  async #train(
    steps: number,
    blocks: number,
    only: Player | null = null,
    wait: WaitAt | null = null,
  ): Promise<void> {
    const trained =
      (await this.#inTurn((lane) => lane.run.keepState())) &&
      (await this.#submit(steps, blocks, only, wait)) &&
      (await this.#inTurn((lane) => lane.collect()));
    if (!trained) await this.#stop();
  }

  /**
   * Hands over blocks, one a lane in turn, until each trainer has `blocks` of them. A step that is due to be
   * measured ends the last one, and no block goes past a move that a run replays.
   */
  async #submit(steps: number, blocks: number, only: Player | null, wait: WaitAt | null): Promise<boolean> {
    const [first] = this.#lanes;
    const { step } = first;
    const every = this.#measureEvery;
    const due = every === null ? Number.POSITIVE_INFINITY : nextMultiple(step, every);
    while (first.run.blocksWaiting < blocks && first.step < due) {
      for (const lane of this.#lanes) lane.followReplay();
      const ahead = [...this.#lanes].map(({ run }) => run.ahead.steps);
      const count = Math.min(steps, due - first.step, ...ahead);
      for (const lane of this.#lanes) lane.submit(count, only, wait);
    }
    // One that comes due while another is under way is passed over.
    const measures =
      first.step === due && first.step > step && [...this.#lanes].every(({ evaluator }) => evaluator.isFree);
    return !measures || this.#inTurn(({ evaluator, run }) => evaluator.begin(run.trainer));
  }

  /** Does a task with one lane after the other, up to one that stops over it; resolves to whether none did. */
  async #inTurn(task: (lane: Lane) => Promise<unknown>): Promise<boolean> {
    for (const lane of this.#lanes) {
      await lane.attempt(() => task(lane));
      if (lane.hasStopped) return false;
    }
    return true;
  }

  /** One has stopped for good: the others end where they are. */
  async #stop(): Promise<void> {
    this.#halt();
    await this.#settle();
  }

  /**
   * Takes the numbers of all steps handed over, so that all that are paused stand at the same one, and shows it.
   */
  async #settle(): Promise<void> {
    for (const lane of this.#lanes) if (lane.phase === 'paused') await lane.settle();
    this.#report();
  }

  /** Draws all at the same step: only so are they to be compared. */
  async #draw(): Promise<void> {
    const start = performance.now();
    if (!(await this.#inTurn((lane) => lane.draw()))) await this.#stop();
    const now = performance.now();
    this.#picturesDueAt = now + Math.max(picturesEveryMs, (now - start) / picturesShare);
  }

  /** Pauses what runs. */
  #halt(): void {
    let halted = false;
    for (const lane of this.#lanes)
      if (lane.phase === 'running') {
        lane.phase = 'paused';
        halted = true;
      }
    if (halted) this.#report();
  }

  /** All at once, then all are told: none is seen in a phase that the others have left. */
  #enter(phase: 'paused' | 'running'): void {
    for (const lane of this.#lanes) lane.phase = phase;
    this.#report();
  }

  #report(): void {
    this.#reportDueAt = performance.now() + reportEveryMs;
    for (const lane of this.#lanes) lane.report();
  }

  #expect(phase: 'paused' | 'running', command: 'play' | 'pause' | 'step'): void {
    for (const lane of this.#lanes) lane.expect(phase, command);
  }

  #expectReady(command: 'play' | 'step'): void {
    this.#expect('paused', command);
    if (!this.ready) throw new AppError('WrongStateError.apart');
  }
}
