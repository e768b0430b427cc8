import { computesInCalls } from '../config/engines.ts';
import { type Player, playersOf } from '../config/players.ts';
import type { ReplayedMove } from '../config/replayedMove.ts';
import {
  type LiveSettings,
  liveKeys,
  liveSettingsOf,
  liveSettingsSchema,
  type RunConfig,
} from '../config/schema.ts';
import { presetOf } from '../config/url.ts';
import type { Trainer } from '../engines/trainer.ts';
import { AppError, type ErrorReport } from '../errors.ts';
import { writeCheckpoint } from '../files/checkpoint.ts';
import { weightsFileName, writeWeights } from '../files/weights.ts';
import type { MetricsBatch } from '../model/columns.ts';
import { initialTensors } from '../model/initialise.ts';
import type { NamedTensors } from '../model/parameters.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { ExportedFile, LiveMove, ResultOf, SafetyCopy } from '../protocol/messages.ts';
import type { LiveChange } from '../record/liveChange.ts';
import { type AtStage, BlockQueue } from '../run/blockQueue.ts';
import { CodesView } from '../run/codesView.ts';
import type { Pace } from '../run/pace.ts';
import { PictureMaker } from '../run/pictures.ts';
import { settingError } from './checks.ts';
import { divergedReport } from './divergence.ts';
import { Replay, type Stretch } from './replay.ts';

/** Work between two looks at the messages: short on a GPU that also draws the page, longer on a processor. */
const blockMs = { gpu: 12, software: 40 };
const maxBlockSteps = 64;
/** How often the state is kept, to go back to if the next steps diverge. */
const keepEveryMs = 1000;
/** Blocks that may wait on a GPU at most, so that a moved slider still acts at once. */
const maxBlocksAhead = 10;
/** How often the weights are copied out of the engine, so that they outlive a lost GPU. */
const rescueEveryMs = 10_000;

interface Rescue {
  readonly parameters: NamedTensors;
  readonly step: number;
}

/** Where a run begins and, if it goes on from a safety copy, how far it is. */
export interface RunStart {
  /** What a forked run begins from; null for one that begins at step 0. */
  readonly fork: Snapshot | null;
  readonly continued: { readonly snapshot: Snapshot; readonly elapsed: number } | null;
  /** Moves that the run makes by itself, in the order of their steps; none for most. */
  readonly replay: readonly ReplayedMove[];
  /** The live settings that a replay begins with; those of the trainer where it is null. */
  readonly replayFrom: LiveSettings | null;
}

/** One run: a trainer with its live settings, pictures, pace and safety copies. Calls must not overlap. */
export class Run {
  readonly trainer: Trainer;
  readonly pictures: PictureMaker;
  readonly codes: CodesView;
  readonly #start: Snapshot | null;
  #blocks: BlockQueue;
  #live: LiveSettings;
  readonly #replay: Replay;
  /** The live settings that the replay begins with. */
  readonly #replayFrom: LiveSettings;
  #lastChange: LiveChange | null = null;
  #keptAt = Number.NEGATIVE_INFINITY;
  #blocksAhead = 1;
  #rescuedAt: number;
  #rescue: Rescue;

  constructor(
    trainer: Trainer,
    start: RunStart = { fork: null, continued: null, replay: [], replayFrom: null },
  ) {
    const { fork, continued, replay, replayFrom } = start;
    this.trainer = trainer;
    this.#start = fork;
    const state = continued?.snapshot ?? fork;
    if (state) trainer.writeSnapshot(state);
    this.pictures = new PictureMaker(trainer);
    this.codes = new CodesView(trainer);
    this.#blocks = this.#newBlocks(continued?.elapsed);
    this.#live = liveSettingsOf(trainer.config);
    this.#replay = new Replay(replay, trainer.step);
    this.#replayFrom = replayFrom ?? this.#live;
    this.#rescue = state ?? { parameters: this.#initialParameters(), step: 0 };
    this.#rescuedAt = performance.now();
  }

  get live(): LiveSettings {
    return this.#live;
  }

  get pace(): Pace {
    return this.#blocks.pace;
  }

  /** The configuration with the live settings as they are now. */
  get config(): RunConfig {
    return { ...this.trainer.config, ...this.#live };
  }

  /** The step that a reset leads to. */
  get startStep(): number {
    return this.#start?.step ?? 0;
  }

  /** Blocks that keep the trainer busy while the numbers of the oldest are read. */
  get blocksAhead(): number {
    return this.#blocksAhead;
  }

  /** Blocks handed over whose numbers were not taken yet. */
  get blocksWaiting(): number {
    return this.#blocks.length;
  }

  /** Hands a block of steps to the trainer, whole ones or of one player only; or one step, stage by stage. */
  submit(steps: number, only: Player | null, at: AtStage | null = null): void {
    this.#blocks.submit(steps, only, at);
  }

  /**
   * Waits for the oldest block handed over. Resolves with its metrics; null if there is none.
   * @throws DivergedError, with the rows before a loss that is not finite, once the last finite state is back.
   */
  async collect(): Promise<MetricsBatch | null> {
    const block = await this.#blocks.next();
    if (!block) return null;
    const { batch, divergence } = block;
    if (!divergence) return batch;
    await this.#blocks.drop();
    this.trainer.restore();
    throw new DivergedError(divergedReport(divergence, this.#lastChange, this.trainer.step), batch);
  }

  /** Keeps the state to go back to, where it is time. To be called before blocks are handed over. */
  async keepState(): Promise<void> {
    const start = performance.now();
    if (start - this.#keptAt < keepEveryMs) return;
    const first = this.#keptAt === Number.NEGATIVE_INFINITY;
    // Not kept means not finite: the next rows will say so, and the state kept before is the one to go back to.
    const kept = await this.trainer.keep();
    const now = performance.now();
    this.#keptAt = now;
    // With nothing to wait for, the first time takes what reading a number takes: 5 to 100 ms, by browser.
    if (first && !computesInCalls(this.trainer.runsOn))
      this.#blocksAhead = Math.min(maxBlocksAhead, 2 + Math.floor((now - start) / blockMs.gpu));
    if (!kept || now - this.#rescuedAt < rescueEveryMs) return;
    this.#rescue = await this.#current();
    this.#rescuedAt = now;
  }

  /** Ends the run once the trainer has nothing more to do. */
  async dispose(): Promise<void> {
    await this.#blocks.drop();
    this.trainer.dispose();
  }

  /** How the next steps are replayed. To be asked once `followReplay` was called. */
  get ahead(): Stretch {
    return this.#replay.ahead(this.trainer.step + 1);
  }

  /** @throws AppError PlayerError where the run has not this player. */
  expectPlayer(player: Player): void {
    const players = playersOf(this.trainer.config);
    if (!players.includes(player)) throw new AppError('PlayerError', { player, players });
  }

  /** A person asks for a step of one player only. That ends the replay, unless it has the same step next. */
  chooseStep(only: Player): void {
    if (this.ahead.only !== only) this.#replay.end();
  }

  /** Makes those changes of the replay that act from the next step on. Returns what changed. */
  followReplay(): LiveChange[] {
    return this.#replay
      .takeChanges(this.trainer.step + 1)
      .flatMap(({ key, to, gesture }) =>
        this.#change({ [key]: to, gestures: gesture === undefined ? {} : { [key]: gesture } }),
      );
  }

  /**
   * Sets some live settings for the next step on, and ends the replay. Returns what changed.
   * @throws AppError InvalidSettingError naming the setting and its range.
   */
  setLive(move: LiveMove): LiveChange[] {
    const changes = this.#change(move);
    if (changes.length > 0) this.#replay.end();
    return changes;
  }

  #change({ gestures = {}, ...settings }: LiveMove): LiveChange[] {
    const parsed = liveSettingsSchema.partial().safeParse(settings);
    if (!parsed.success) throw settingError('InvalidSettingError.value', parsed.error);
    const step = this.trainer.step + 1;
    const changes = liveKeys.flatMap((key): LiveChange[] => {
      const to = parsed.data[key];
      if (to === undefined || to === this.#live[key]) return [];
      const change = { step, key, from: this.#live[key], to };
      return [gestures[key] === undefined ? change : { ...change, gesture: gestures[key] }];
    });
    for (const { key, to } of changes) this.#live = { ...this.#live, [key]: to };
    this.trainer.setLive(this.#live);
    for (const change of changes) this.#noteChange(change);
    return changes;
  }

  /** Of a drag the value that it began with says more than that before its last pixel. */
  #noteChange(change: LiveChange): void {
    const before = this.#lastChange;
    const goesOn =
      change.gesture !== undefined && change.gesture === before?.gesture && change.key === before.key;
    this.#lastChange = goesOn ? { ...change, from: before.from } : change;
  }

  /**
   * Back to the start: with the present live settings, or, of a replay, with those of then, and every move again.
   */
  async reset(): Promise<void> {
    await this.#blocks.drop();
    const parameters = this.#start?.parameters ?? this.#initialParameters();
    if (this.#start) this.trainer.writeSnapshot(this.#start);
    else this.trainer.writeParameters(parameters);
    this.#blocks = this.#newBlocks();
    if (!this.#replay.ended) {
      this.#live = this.#replayFrom;
      this.trainer.setLive(this.#live);
      this.#replay.restart();
    }
    this.#lastChange = null;
    this.#keptAt = Number.NEGATIVE_INFINITY;
    this.#rescue = { parameters, step: this.trainer.step };
  }

  /** The present weights as a file; of an engine that was lost, those copied last. */
  async export(lost: boolean): Promise<ExportedFile> {
    const { parameters, step } = lost ? this.#rescue : await this.#current();
    const label = presetOf(this.trainer.config) ?? 'custom';
    return {
      name: weightsFileName(this.trainer.config, label, step),
      bytes: writeWeights(parameters, this.config, step),
    };
  }

  /** All that the next step depends on, as the bytes of a file. @throws AppError CheckpointNotFiniteError */
  async checkpoint(): Promise<ResultOf<'checkpoint'>> {
    const snapshot = await this.trainer.readSnapshot();
    const bytes = writeCheckpoint({ config: this.config, snapshot });
    // What is read anyway outlives the engine too.
    this.#rescue = snapshot;
    this.#rescuedAt = performance.now();
    return { step: snapshot.step, bytes };
  }

  /**
   * The state to go on from if all else is lost. To be called once every block's numbers are taken. Null for a
   * state that is not finite: the copy before it is the one to keep.
   */
  async copy(): Promise<SafetyCopy | null> {
    const start = performance.now();
    try {
      const { step, bytes } = await this.checkpoint();
      return { step, bytes, elapsed: this.pace.elapsed, milliseconds: performance.now() - start };
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.name === 'CheckpointNotFiniteError') return null;
      throw thrown;
    }
  }

  /** The step of the weights that would outlive the engine now. */
  get rescuedStep(): number {
    return this.#rescue.step;
  }

  async #current(): Promise<Rescue> {
    const { step } = this.trainer;
    return { parameters: await this.trainer.readParameters(), step };
  }

  #initialParameters(): NamedTensors {
    const { layers, seed } = this.trainer.model;
    return initialTensors(layers, seed);
  }

  #newBlocks(elapsed = 0): BlockQueue {
    const { software } = this.trainer.runsOn;
    return new BlockQueue(this.trainer, {
      blockMs: software ? blockMs.software : blockMs.gpu,
      maxBlockSteps,
      elapsed,
    });
  }
}

/** A loss was not finite. `batch` holds the metrics of the finite steps before it. */
export class DivergedError extends AppError {
  readonly batch: MetricsBatch;

  constructor({ code, values }: ErrorReport, batch: MetricsBatch) {
    super(code, values);
    this.batch = batch;
  }
}
