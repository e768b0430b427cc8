import type { EngineName, PlanEngine } from '../config/engines.ts';
import type { RunConfig } from '../config/schema.ts';
import type { Trainer } from '../engines/trainer.ts';
import { modelOf } from '../families/families.ts';
import { TileStore } from './tileStore.ts';
import type { OnProgress } from './trainerFactory.ts';
import { wasmFiles } from './wasmFiles.ts';

const tileStore = new TileStore(navigator.userAgent);

/** Makes a trainer in a browser. Each engine is a chunk of its own: the plan never loads tfjs. */
export async function createBrowserTrainer(
  engine: EngineName,
  config: RunConfig,
  onProgress: OnProgress,
): Promise<Trainer> {
  if (engine === 'webgpu') {
    const { openPlanTrainer } = await import('../engines/webgpu/openPlanTrainer.ts');
    return openPlanTrainer(modelOf(config), onProgress, tileStore);
  }
  if (engine === 'wasm') {
    const [{ createWasmTrainer }, { openBrowserWasm }] = await Promise.all([
      import('../engines/wasm/createWasmTrainer.ts'),
      import('./wasmEngine.ts'),
    ]);
    return createWasmTrainer(modelOf(config), await openBrowserWasm());
  }
  onProgress('startingTfjs', 0.1);
  const [{ startTfjs }, { createTfjsTrainer }] = await Promise.all([
    import('../engines/tfjs/backends.ts'),
    import('../families/createTfjsTrainer.ts'),
  ]);
  const runsOn = await startTfjs(engine, { wasmFiles });
  onProgress('buildingNetworks', 0.6);
  return createTfjsTrainer(config, runsOn);
}

/** What `TrainerParts` has it for; each engine is loaded only if it is measured. */
export async function browserProductRate(engine: PlanEngine): Promise<number> {
  if (engine === 'webgpu') {
    const { webGpuProductRate } = await import('../engines/webgpu/productRate.ts');
    return webGpuProductRate();
  }
  const [{ wasmProductRate }, { openBrowserWasm }] = await Promise.all([
    import('../engines/wasm/productRate.ts'),
    import('./wasmEngine.ts'),
  ]);
  return wasmProductRate(await openBrowserWasm());
}
