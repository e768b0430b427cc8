import type { ProductChoice, StepCost } from '../../config/engines.ts';
import type { NamedTensors } from '../../model/parameters.ts';
import type { Slot } from '../../plan/slots.ts';

/** What changes from one pass of a program to the next. */
export interface LiveValues {
  readonly seed: number;
  /** What random numbers depend on beside the seed and their stream. */
  readonly draw: number;
  /** Row of metrics that the pass writes, of those of its submit. */
  readonly metricsRow: number;
  /** The plan's live values, then rate and correction of each optimiser (adamRates.ts). */
  readonly values: ArrayLike<number>;
}

/** Index of an optimiser's rate among `LiveValues.values`; that of its correction is the next. */
export function rateIndex(liveCount: number, optimiser: number): number {
  return liveCount + 2 * optimiser;
}

/** Rows of metrics of a block of steps on their way here. */
export interface RowCollector {
  /** All of them, [steps, columns]. */
  read(): Promise<Float32Array>;
}

/**
 * A program to run alone: a forward pass, or one of a step's, by its number and without what it draws. `only` is
 * as `submitSteps` has it.
 */
export type LoneProgram =
  | { readonly kind: 'step'; readonly program: number; readonly only: string | null }
  | { readonly kind: 'encode'; readonly kept: boolean }
  | { readonly kind: 'decode' }
  | { readonly kind: 'discriminate' };

/** One stage of a step's program, by their numbers; the first one draws. `only` is as `submitSteps` has it. */
export interface LoneStage {
  readonly program: number;
  readonly stage: number;
  readonly only: string | null;
}

/** Parameters or one of Adam's moments, in PyTorch's names and layouts. */
export interface State {
  readonly parameters: NamedTensors;
  readonly firstMoments: NamedTensors;
  readonly secondMoments: NamedTensors;
}

/**
 * A plan made ready on a device: its memory, and ways to run it. Calls take effect in their order; what they
 * start need not have ended when they return. Numbers here have no padding.
 */
export interface PlanDevice {
  /** The most steps of one submit. */
  readonly maxSteps: number;
  /** Milliseconds that one submit should take. */
  readonly submitMs: number;
  /** What the last steps cost; null where it cannot tell. */
  readonly cost: StepCost | null;
  /** How products of matrices are computed, where there was a choice. */
  readonly choices: readonly ProductChoice[];

  /** @throws AppError once the device has failed or was lost. */
  check(): void;

  /** Live values of a pass of the next submit: passes are numbered through its programs, repeats and steps. */
  setLive(place: number, live: LiveValues): void;
  collect(steps: number): RowCollector;
  /**
   * Does steps on the passes from the first on, and hands their rows to the collector. `only`: the optimiser that
   * updates its parameters in them; null for all.
   */
  submitSteps(steps: number, rows: RowCollector, only: string | null): void;
  submitProgram(program: LoneProgram, place: number, rows?: RowCollector): void;
  /** The stages of a program in turn do the same as the program in a step. */
  submitStage(stage: LoneStage, place: number, rows?: RowCollector): void;

  /** Writes samples into a slot's first group, from its first row on. */
  writeSlot(slot: Slot, numbers: Float32Array | Int32Array): void;
  /** The first rows of a slot, as they are once all that was submitted is done. */
  readSlot(slot: Slot, rows: number): Promise<Float32Array>;

  readParameters(): Promise<NamedTensors>;
  readState(): Promise<State>;
  /** Moments are zero where none are given. @throws AppError ParametersError before anything is written. */
  writeState(parameters: NamedTensors, moments?: Omit<State, 'parameters'>): void;

  /** Whether every parameter is finite. */
  isFinite(): Promise<boolean>;
  /** Copies the parameters to where `restore`, and an encoder that is `kept`, find them. */
  save(): void;
  /** Puts the saved parameters back, with moments of zero. */
  restore(): void;
  dispose(): void;
}
