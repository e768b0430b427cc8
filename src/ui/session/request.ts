import type { EngineChoice } from '../../config/engines.ts';
import type { PresetName } from '../../config/presets.ts';
import type { ReplayedMove } from '../../config/replayedMove.ts';
import type { RivalSettings } from '../../config/rival.ts';
import type { RunConfig } from '../../config/schema.ts';
import type { Replay } from '../../config/url.ts';
import type { History } from '../../history/history.ts';
import type { LiveEvaluation } from '../../protocol/evaluation.ts';
import type { RunRecord } from '../../record/runRecord.ts';
import type { RunOrigin } from './origin.ts';

/** Side B as an address asks for it. */
export interface AskedRival {
  readonly settings: RivalSettings;
  /** How it is steered by itself. */
  readonly moves: readonly ReplayedMove[];
}

/** All that makes a run. */
export interface RunRequest {
  readonly config: RunConfig;
  readonly preset: PresetName;
  readonly engine: EngineChoice;
  /** For a run that goes on from another one's weights. */
  readonly fork?: Fork;
  /** For a run that goes on from a safety copy of itself. */
  readonly continued?: Continued;
  /** For a run that is steered as another one was. `config` is then as that one began. */
  readonly replay?: Replay;
}

export interface Continued {
  readonly origin: RunOrigin;
  /** See files/checkpoint.ts. */
  readonly checkpoint: Uint8Array<ArrayBuffer>;
  /** Seconds spent training up to it. */
  readonly elapsed: number;
  /** The history of its columns of metrics up to the step of the checkpoint, as the measurements are. */
  historyOf(columns: readonly string[]): History;
  readonly evaluations: readonly LiveEvaluation[];
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
