import type { EngineChoice, EngineInfo, EngineName, ProductChoice, StepCost } from '../config/engines.ts';
import type { LoneSteps, Player } from '../config/players.ts';
import type { PresetName } from '../config/presets.ts';
import type { ReplayedMove } from '../config/replayedMove.ts';
import type { LiveKey, LiveSettings, RunConfig } from '../config/schema.ts';
import type { Factor } from '../data/dataset.ts';
import type { Abilities } from '../model/abilities.ts';
import type { CodesFrame, LatentPair } from '../model/codesFrame.ts';
import type { Column, MetricsBatch } from '../model/columns.ts';
import type { FactorsEncoded, FactorTrace, Picture, PictureSet } from '../model/pictures.ts';
import type { StepStage } from '../model/stepStages.ts';
import type { AlignmentScores, Turn } from '../model/turn.ts';
import type { LiveChange } from '../record/liveChange.ts';
import type { ErrorReport, Stage } from '../report.ts';
import type { CommandFor, MessageFor } from './contract.ts';
import type { CodeEstimates, EvaluationActivity, Knowledge, LiveEvaluation } from './evaluation.ts';

/**
 * What page and Worker say to each other, over a port for each session. Sessions of one Worker train side by side:
 * the commands about training mean all of them, so that they cannot fall apart. A command carries an id and is
 * answered exactly once, by its result or by an error; events come unasked. Large arrays are transferred, not
 * copied. Both sides are built together, so messages are trusted; what a person or a file supplies is parsed
 * before it becomes one.
 */

/** Why an engine is not the best one could wish for. */
export interface EngineNotice {
  readonly engine: EngineName;
  /** What is missing and what would help. */
  readonly reason: ErrorReport;
}

/** What this machine offers, before anything is configured. */
export interface MachineInfo {
  /** `quick` on a real GPU or where the processor makes 50 steps of it a second, else `small`. */
  readonly suggestedPreset: PresetName;
  /** The WebGPU adapter's name, or null where there is none. */
  readonly adapter: string | null;
  /** True where the adapter is a software one, or there is none. */
  readonly software: boolean;
  /** Why WebGPU cannot be used, with what would help; null where it can. */
  readonly reason: ErrorReport | null;
}

export interface RunInfo {
  readonly config: RunConfig;
  readonly runsOn: EngineInfo;
  /** Engines that were tried before this one, and why they were passed over. */
  readonly notices: readonly EngineNotice[];
  /** By whose values images are named; null where they go by number. */
  readonly factors: readonly Factor[] | null;
  /** What images are told apart by, however they are named; null where nobody knows. */
  readonly known: readonly Factor[] | null;
  /** How many different images there are. */
  readonly imageCount: number;
  /** What the model can do: panels about what it cannot say so. */
  readonly can: Abilities;
  /** Of a row of metrics. */
  readonly columns: readonly Column[];
  /** What a step does one after the other; null where the engine does a step in one. */
  readonly stages: readonly StepStage[] | null;
  /** How products of matrices are computed, where the device had a choice. */
  readonly choices: readonly ProductChoice[];
  readonly parameterCount: number;
  /** Floating point operations of a step. */
  readonly stepFlops: number;
  /** Steps that were done before the run began: those of the run it was forked from, else 0. */
  readonly startStep: number;
}

export type SessionPhase =
  /** Nothing is configured yet. */
  | 'empty'
  /** A trainer is being made; see `progress` events. */
  | 'preparing'
  | 'paused'
  /** Paused, and cannot train: a run beside it is not ready, stands at another step, or has stopped for good. */
  | 'held'
  | 'running'
  /** A loss was not finite: the last finite state is back, to look at and export; reset to train again. */
  | 'diverged'
  /** The engine was lost; configure again. */
  | 'failed';

export interface SessionState {
  readonly phase: SessionPhase;
  readonly step: number;
  /** Seconds spent training since the run began, pauses left out. */
  readonly elapsed: number;
  /** Steps a second over the last second or two; 0 while paused. */
  readonly stepsPerSecond: number;
  readonly live: LiveSettings | null;
  /** What a step costs the GPU, where the trainer can tell. */
  readonly cost: StepCost | null;
}

/**
 * Steps a second at most, null for as many as it can; or one step after the other, waiting at each of its
 * stages.
 */
export type Speed = number | 'stages' | null;

/** Live settings that a person moved, and by which gesture each. */
export interface LiveMove extends Partial<LiveSettings> {
  readonly gestures?: Partial<Readonly<Record<LiveKey, number>>>;
}

/** A run as it stood after a step, to go on from if its page, Worker or GPU is lost. */
export interface SafetyCopy {
  readonly step: number;
  /** Seconds spent training up to it. */
  readonly elapsed: number;
  /** See files/checkpoint.ts. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What making it took, in milliseconds: training waited meanwhile. */
  readonly milliseconds: number;
}

/** A finished file. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Every command, its parameters and its result. */
export interface Commands {
  /** May be sent at any time. */
  probe: { params: { readonly engine: EngineChoice }; result: MachineInfo };
  /** Answered as soon as the Worker looks at its messages, whatever is under way: it shows that it still does. */
  ping: { params: Record<string, never>; result: null };
  /**
   * Makes a new run in place of the last one, ready at step 0. Runs beside it go back to their start. Where the
   * command is refused, the last run stays as it is.
   * - `checkpoint` (see files/checkpoint.ts) makes it a fork: it has the checkpoint's weights and optimisers,
   *   and is ready at its step. Refused where the checkpoint's networks are others.
   * - `continued`: the run goes on as it was when its safety copy was made. The copy's settings take the place
   *   of `config`. A reset leads to `checkpoint` all the same. Runs beside it at the same step stay there.
   * - `replay`: moves that the run makes by itself, each at its step, until a person makes one. After a reset it
   *   makes them again.
   */
  configure: {
    params: {
      config: RunConfig;
      engine: EngineChoice;
      checkpoint?: Uint8Array;
      continued?: { readonly checkpoint: Uint8Array; readonly elapsed: number };
      replay?: readonly ReplayedMove[];
    };
    result: RunInfo;
  };
  /**
   * Of all sessions side by side, as `pause`, `step` and `reset`. Refused unless all are paused at the same step.
   */
  run: { params: Record<string, never>; result: null };
  /** Resolves once the step under way is done. */
  pause: { params: Record<string, never>; result: null };
  /**
   * One step, while paused; resolves with the step number reached. `only`: the one player that learns in it, which
   * is a move. Refused where a run has no such player.
   */
  step: { params: { readonly only?: Player }; result: { step: number } };
  /** The same run from its start, step 0 or that of its checkpoint, with its present live settings. */
  reset: { params: Record<string, never>; result: null };
  /**
   * Resolves with the changes, each with the step at which it first acts; no entry for a value that stayed. Gamma
   * and beta are this run's own; learning rates are those of all runs side by side.
   */
  setLive: { params: LiveMove; result: { changes: readonly LiveChange[] } };
  /** Steps a second at most, to watch them one by one; null for as many as it can. May be sent at any time. */
  setSpeed: { params: { stepsPerSecond: Speed }; result: null };
  /**
   * The image that traversals start from, by its factors or, where these are not known, by its number, of all runs
   * side by side; pictures follow.
   */
  setTraversalBase: { params: { factors: readonly number[] }; result: null };
  /**
   * Has codes drawn with the pictures, of two latents or of those that are told apart best; null for none.
   * Outlives the run; a pair that a later run has not is its best one.
   */
  watchCodes: { params: { pair: LatentPair | 'best' | null }; result: null };
  encodeFactors: { params: { factors: readonly number[] }; result: FactorsEncoded };
  /**
   * Decodes one code, one number a latent. `rest`: the category and noise behind it, of a model that generates;
   * left out, those of the traversals.
   */
  decode: {
    params: { code: Float32Array<ArrayBuffer>; rest?: Float32Array<ArrayBuffer> };
    result: { step: number; picture: Picture };
  };
  /** The codes of the base image with one of its factors, by index, at each of its values. */
  traceFactor: { params: { factor: number }; result: FactorTrace };
  /**
   * Begins to measure the models of all runs side by side as they are now, beside training; resolves with their
   * step. How it goes and what comes of it are events. Refused while another measurement is under way.
   */
  evaluate: { params: Record<string, never>; result: { step: number } };
  /** Ends the measurements under way, if any. */
  cancelEvaluation: { params: Record<string, never>; result: null };
  /**
   * Measures the models at every multiple of so many steps; null for never. One that comes due while another is
   * under way is passed over. May be sent at any time.
   */
  setEvaluateEvery: { params: { steps: number | null }; result: null };
  /**
   * What becomes of the rows of two latents as these are turned in their plane, without training: `base` with the
   * first of them at each value, and with the second, in deviations from its mean. Refused while the run trains.
   */
  turnRows: {
    params: { turn: Turn; base: Float32Array<ArrayBuffer>; values: readonly number[] };
    result: { step: number; rows: readonly (readonly Picture[])[] };
  };
  /**
   * Scores of the codes of a grid of images: as they are, turned, or without a latent. Refused while the run
   * trains.
   */
  measureTurned: {
    params: { turn: Turn | null; without: number | null };
    result: { step: number; images: number; scores: AlignmentScores };
  };
  exportWeights: { params: Record<string, never>; result: ExportedFile };
  /** All that a fork begins from, as the bytes of a checkpoint, with the step that they are of. */
  checkpoint: {
    params: Record<string, never>;
    result: { step: number; bytes: Uint8Array<ArrayBuffer> };
  };
  /**
   * Has a safety copy made of every run side by side, all of the same step; each comes as a `copy` event of its
   * session. There is none of a run that is not finite, or that was lost.
   */
  copy: { params: Record<string, never>; result: null };
  /** Ends the session and frees what its run had; the others go on without it, paused where they were. */
  leave: { params: Record<string, never>; result: null };
}
export type CommandName = keyof Commands;
export type ParamsOf<Name extends CommandName> = Commands[Name]['params'];
export type ResultOf<Name extends CommandName> = Commands[Name]['result'];

export type WorkerEvent =
  | { readonly type: 'state'; readonly state: SessionState }
  | { readonly type: 'progress'; readonly stage: Stage; readonly fraction: number }
  /** The run is at its start again: what came before belongs to a run that ended. */
  | { readonly type: 'restarted' }
  | { readonly type: 'metrics'; readonly batch: MetricsBatch }
  | { readonly type: 'pictures'; readonly pictures: PictureSet }
  | { readonly type: 'codes'; readonly codes: CodesFrame }
  | { readonly type: 'liveChange'; readonly change: LiveChange }
  /** In slow motion: the stage that a step has come to, by its number among the run's. */
  | { readonly type: 'stage'; readonly stage: number }
  /** Steps that are trained next, of one player only. */
  | { readonly type: 'loneSteps'; readonly lone: LoneSteps }
  /** The metrics of all steps up to the copy's have gone before. */
  | { readonly type: 'copy'; readonly copy: SafetyCopy }
  | { readonly type: 'evaluation'; readonly evaluation: LiveEvaluation }
  /** In the place of an evaluation, of a run whose factors are not known. */
  | { readonly type: 'estimates'; readonly estimates: CodeEstimates }
  /** Every few seconds of training, and where it pauses, of a run whose factors are known. */
  | { readonly type: 'knowledge'; readonly knowledge: Knowledge }
  | { readonly type: 'evaluationActivity'; readonly activity: EvaluationActivity }
  /** An error that no command waits for, such as a loss that is not finite. */
  | { readonly type: 'error'; readonly error: ErrorReport };

export type CommandMessage = CommandFor<Commands>;
export type WorkerMessage = MessageFor<Commands, WorkerEvent>;
