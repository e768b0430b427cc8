import type { EngineName } from '../../src/config/engines.ts';
import type { RunConfig } from '../../src/config/schema.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { createWasmTrainer } from '../../src/engines/wasm/createWasmTrainer.ts';
import { openPlanTrainer } from '../../src/engines/webgpu/openPlanTrainer.ts';
import { probeWebGpu } from '../../src/engines/webgpuProbe.ts';
import { AppError } from '../../src/errors.ts';
import { createTfjsTrainer } from '../../src/families/createTfjsTrainer.ts';
import { modelOf } from '../../src/families/families.ts';
import { word } from '../../src/locale/word.ts';
import { provideWebGpu, startTfjsInNode } from '../nodeTfjs.ts';
import { openNodeWasm } from '../wasmEngine.ts';

/** The ways to train that Node has; `auto` takes the best of this machine. */
export const engines = ['auto', 'webgpu', 'wasm', 'tfjs-wasm', 'tfjs-webgpu', 'tfjs-cpu'] as const;
export type Engine = (typeof engines)[number];
type NodeEngine = Exclude<Engine, 'auto'> & EngineName;

export type CreateTrainer = (config: RunConfig) => Promise<Trainer>;

/** A way to train, ready to make trainers, and why it was taken where that is not plain. */
export interface OpenEngine {
  readonly engine: NodeEngine;
  readonly create: CreateTrainer;
  readonly notice: string | null;
}

/**
 * @param threads of the WebAssembly engine; null for one a core
 * @throws AppError saying what is missing on this machine and what to install.
 */
export async function openEngine(engine: Engine, threads: number | null): Promise<OpenEngine> {
  const open = async (name: NodeEngine, notice: string | null): Promise<OpenEngine> => {
    return { engine: name, create: await creator(name, threads), notice };
  };
  if (engine !== 'auto') return open(engine, null);
  const reason = await whyNotTheGpu();
  return reason === null ? open('webgpu', null) : open('wasm', `${reason} It trains on WebAssembly.`);
}

async function creator(engine: NodeEngine, threads: number | null): Promise<CreateTrainer> {
  if (engine === 'webgpu') {
    await provideWebGpu();
    return (config) => openPlanTrainer(modelOf(config), () => undefined);
  }
  if (engine === 'wasm') {
    const wasm = await openNodeWasm(threads ?? undefined);
    return async (config) => createWasmTrainer(modelOf(config), wasm);
  }
  const runsOn = await startTfjsInNode(engine);
  return (config) => createTfjsTrainer(config, runsOn);
}

/** Null where there is a real GPU: the plan on a software driver is slower than in WebAssembly. */
async function whyNotTheGpu(): Promise<string | null> {
  try {
    await provideWebGpu();
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.name === 'NoWebGpuDriverError')
      return 'There is no driver for WebGPU here.';
    throw thrown;
  }
  const probe = await probeWebGpu();
  if (!probe.available) return word(probe.reason);
  return probe.software ? `WebGPU has a software driver only here (${probe.adapter}).` : null;
}
