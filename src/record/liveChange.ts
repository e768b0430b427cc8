import type { ReplayedChange } from '../config/replayedMove.ts';

/**
 * A live setting that a person moved: it acts from `step` on. A later change of the same setting at the same step
 * (while paused) takes the place of the earlier one.
 */
export interface LiveChange extends ReplayedChange {
  readonly from: number;
}
