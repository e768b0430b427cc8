import type { LiveKey } from '../config/schema.ts';

/**
 * A live setting that a person moved: it acts from `step` on. A later change of the same setting at the same step
 * (while paused) takes the place of the earlier one.
 */
export interface LiveChange {
  readonly step: number;
  readonly key: LiveKey;
  readonly from: number;
  readonly to: number;
  /** The same for the changes of one gesture of a person, such as a drag; a setting moved by no hand has none. */
  readonly gesture?: number | undefined;
}
