import type { NamedTensors } from './parameters.ts';

/**
 * All that the next step depends on, beside configuration and live settings: a run that goes on from it does as if it
 * had never stopped. Every tensor in PyTorch's names, order and layouts; any trainer takes any trainer's.
 */
export interface Snapshot {
  /** Steps done. */
  readonly step: number;
  readonly parameters: NamedTensors;
  /** Adam's moments; zero for a network that the objective does not train. */
  readonly firstMoments: NamedTensors;
  readonly secondMoments: NamedTensors;
}
