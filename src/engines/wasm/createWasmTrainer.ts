import type { EngineInfo } from '../../config/engines.ts';
import type { Model } from '../../plan/model.ts';
import { PlanTrainer } from '../plan/planTrainer.ts';
import type { RandomInputs } from '../trainer.ts';
import type { WasmEngine } from './module.ts';
import { WasmPlan } from './wasmPlan.ts';

/**
 * A run in WebAssembly.
 * @throws AppError WasmMemoryError where the run is too large.
 */
export function createWasmTrainer<Config, Live, Inputs extends RandomInputs = RandomInputs>(
  model: Model<Config, Live>,
  engine: WasmEngine,
): PlanTrainer<Config, Live, Inputs, WasmPlan> {
  const device = new WasmPlan(model.plan, model.columns.length, engine);
  const { threads } = engine;
  const adapter = threads === 1 ? 'one thread' : `${threads} threads`;
  const runsOn: EngineInfo = { engine: 'wasm', adapter, software: true };
  return new PlanTrainer<Config, Live, Inputs, WasmPlan>(model, device, runsOn);
}
