import type { NamedTensors } from './parameters.ts';

/** How many steps each optimiser left to another player, by its name; those that never did have no entry. */
export type Rests = Readonly<Record<string, number>>;

/**
 * All that the next step depends on, beside configuration and live settings: a run that goes on from it does as if it
 * had never stopped. Every tensor in PyTorch's names, order and layouts; any trainer takes any trainer's.
 */
export interface Snapshot {
  /** Steps done. */
  readonly step: number;
  readonly parameters: NamedTensors;
  /** An optimiser's count of updates is so far behind. */
  readonly rests: Rests;
  /** Adam's moments; zero for a network that the objective does not train. */
  readonly firstMoments: NamedTensors;
  readonly secondMoments: NamedTensors;
}
