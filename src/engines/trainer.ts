import type { EngineInfo, ProductChoice, StepCost } from '../config/engines.ts';
import type { LiveSettings, RunConfig } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import type { NamedTensors } from '../model/parameters.ts';
import type { Snapshot } from '../model/snapshot.ts';
import type { StepStage } from '../model/stepStages.ts';
import type { Model } from '../plan/model.ts';

/**
 * Everything random in one step, given from outside, by the plan's names of its slots; one after the other where it is
 * repeated. So are engines compared with reference files.
 */
export type RandomInputs = Readonly<Record<string, Float32Array | Int32Array>>;

export interface Codes {
  /** Posterior means, [count, latents]. */
  readonly mean: Float32Array;
  /** Log variances of the posterior, [count, latents]; null where a code is a mean alone, as Q's is. */
  readonly logVariance: Float32Array | null;
}

/** What every call of a trainer rejects with, or throws, once it is disposed. */
export function disposedError(): AppError {
  return new AppError('TrainerDisposedError');
}

/** What `restore` throws. */
export function nothingKeptError(): AppError {
  return new AppError('NothingKeptError');
}

/** What `encode`, `decode` and `discriminate` reject with, of a model that has no such network. */
export function cannotError(what: 'encode' | 'decode' | 'discriminate'): AppError {
  return new AppError(`CannotError.${what}`);
}

/** What `encode`, `decode` and `discriminate` reject with, for numbers that are not whole images or codes. */
export function samplesError(count: number, length: number): AppError {
  return new AppError('InputsError.samples', { count, length });
}

/** What `freezeEncoder` rejects with. */
export function notFiniteError(): AppError {
  return new AppError('NotFiniteError');
}

/** What `encodeFrozen` rejects with. */
export function nothingFrozenError(): AppError {
  return new AppError('NothingFrozenError');
}

/**
 * Trains one run. Implementations differ in speed only: the same model gives the same numbers within float rounding.
 * Calls do not overlap, but for `train`: await one before the next.
 */
export interface Trainer<
  Config = RunConfig,
  Live = LiveSettings,
  Inputs extends RandomInputs = RandomInputs,
> {
  /** What it trains. */
  readonly model: Model<Config, Live>;
  /** The model's. */
  readonly config: Config;
  readonly runsOn: EngineInfo;
  /** Steps done so far; the next step draws its batches from (seed, step). */
  readonly step: number;

  /** What the last steps cost; null from a trainer that cannot tell. */
  readonly cost: StepCost | null;
  /** How products of matrices are computed, where the device had a choice. */
  readonly choices: readonly ProductChoice[];

  /** Acts on the next step. */
  setLive(live: Live): void;

  /**
   * Does `steps` steps and resolves with their metrics, [steps, the model's columns].
   * It may be called again before: `step` counts at once, and the steps follow in order, so that a GPU need not wait
   * until their numbers are read.
   * `only`: the optimiser of the one player that learns in them; null, or none, for whole steps.
   * @throws AppError PlayerError for one that the model has not.
   */
  train(steps: number, only?: string | null): Promise<Float32Array>;

  /** What a step does one after the other; null of a trainer that does it in one. */
  readonly stages: readonly StepStage[] | null;

  /**
   * One step, as `train(1, only)` does it, stage by stage; of a trainer without stages in one. `at` is called
   * before each, with its number, and waited for.
   */
  trainByStages(only: string | null, at: (stage: number) => Promise<void>): Promise<Float32Array>;

  /** One step on given batches, noise and permutation; resolves with its row of metrics. */
  trainOn(inputs: Inputs, only?: string | null): Promise<Float32Array>;

  /** Encodes images [count, height, width, channels]. */
  encode(images: Float32Array): Promise<Codes>;

  /**
   * Decodes codes [count, latents] to pixel probabilities [count, height, width, channels].
   * `rest`: what a generator is given behind each code, its category and noise, [count, the length of the plan's
   * rest]; the plan's where left out.
   */
  decode(codes: Float32Array, rest?: Float32Array): Promise<Float32Array>;

  /**
   * The discriminator's log ratio of codes [count, latents], [count]: its opinion of ln q(z) - sum_j ln q(z_j), in
   * nats; the more above 0, the surer it is that latents belong together as they are.
   */
  discriminate(codes: Float32Array): Promise<Float32Array>;

  /**
   * Keeps the state as `keep` does, and holds it for `encodeFrozen` until `thawEncoder` or the next call.
   * @throws AppError NotFiniteError if a parameter is not a finite number.
   */
  freezeEncoder(): Promise<void>;

  /**
   * As `encode`, with the frozen parameters, whatever was trained since.
   * @throws AppError NothingFrozenError if none are held.
   */
  encodeFrozen(images: Float32Array): Promise<Codes>;

  /** Lets go of the frozen encoder, if there is one. */
  thawEncoder(): void;

  /** A copy of every parameter in PyTorch's names, order and layouts. */
  readParameters(): Promise<NamedTensors>;

  /** Replaces parameters (PyTorch's layouts) and starts the optimisers afresh at step 0. */
  writeParameters(parameters: NamedTensors): void;

  /** A copy of all that the next step depends on, optimisers included, for a file. */
  readSnapshot(): Promise<Snapshot>;

  /** Goes on from a snapshot, of any trainer, of a run with the same networks. Throws if a tensor does not fit. */
  writeSnapshot(snapshot: Snapshot): void;

  /**
   * Keeps a copy of the parameters and the step number on the device, if all parameters are finite, in place of the
   * last one kept. While an encoder is frozen, that one stays. Resolves to whether all are finite.
   */
  keep(): Promise<boolean>;

  /** Goes back to the parameters and step that `keep` kept last, with fresh optimisers. Throws if nothing was kept. */
  restore(): void;

  dispose(): void;
}
