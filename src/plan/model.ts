import type { Abilities } from '../model/abilities.ts';
import type { Column } from '../model/columns.ts';
import type { LayerSpec } from '../model/layers.ts';
import type { Plan } from './program.ts';

/**
 * A run as an engine sees it: what a family makes of its configuration. `Live` are the settings that may change while
 * it trains.
 */
export interface Model<Config, Live> {
  readonly config: Config;
  readonly seed: number;
  /** Settings of the first step. */
  readonly live: Live;
  /** All layers in the order of their parameters in files. */
  readonly layers: readonly LayerSpec[];
  /** Of a row of metrics, in their order. */
  readonly columns: readonly Column[];
  /** In keeping with the plan's programs: see checkModel. */
  readonly can: Abilities;
  readonly plan: Plan;
  /** The plan's live values at a step, by name; learning rates of its optimisers among them, as `rateName` has it. */
  valuesAt(live: Live, step: number): Readonly<Record<string, number>>;
}

/** The live value that is an optimiser's learning rate. */
export function rateName(optimiser: string): string {
  return `${optimiser}LearningRate`;
}
