import type { BackendChoice } from '../../config/backends.ts';
import type { PresetName } from '../../config/presets.ts';
import type { RunConfig } from '../../config/schema.ts';
import type { RunRecord } from '../../record/runRecord.ts';

/** All that makes a run. */
export interface RunRequest {
  readonly config: RunConfig;
  readonly preset: PresetName;
  readonly backend: BackendChoice;
  /** For a run that goes on from another one's weights. */
  readonly fork?: Fork;
}

export interface Fork {
  readonly parent: NonNullable<RunRecord['parent']>;
  /** See files/checkpoint.ts. */
  readonly checkpoint: Uint8Array;
}

/** The address as a session needs it: read once at the start, told when the run or its settings have changed. */
export interface RunAddress {
  readonly search: string;
  changed(): void;
}
