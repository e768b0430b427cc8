import type { EngineInfo, TfjsEngine } from '../../config/engines.ts';

/** An engine of tfjs that was started. */
export interface TfjsInfo extends EngineInfo {
  readonly engine: TfjsEngine;
}
