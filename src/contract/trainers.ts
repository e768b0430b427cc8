import { startTfjsInNode } from '../../cli/nodeTfjs.ts';
import { openNodeWasm } from '../../cli/wasmEngine.ts';
import { openNodeWebGpu } from '../../cli/webgpuDriver.ts';
import type { TfjsDefinition } from '../engines/tfjs/definition.ts';
import { TfjsTrainer } from '../engines/tfjs/trainer.ts';
import type { Trainer } from '../engines/trainer.ts';
import { createWasmTrainer } from '../engines/wasm/createWasmTrainer.ts';
import { createPlanTrainer, type PlanOptions } from '../engines/webgpu/createPlanTrainer.ts';
import { oneTile } from '../engines/webgpu/oneTile.ts';
import { requestPlanDevice } from '../engines/webgpu/requestDevice.ts';
import type { Model } from '../plan/model.ts';

/** Makes a trainer of any family on the engine under test. */
export type CreateTrainer = <Config, Live>(
  model: Model<Config, Live>,
  definition: (model: Model<Config, Live>) => TfjsDefinition | Promise<TfjsDefinition>,
) => Promise<Trainer<Config, Live>>;

/**
 * Opens what all trainers of an engine share, when the first one asks, and holds it for as long as the tests run:
 * the process ends with an error when WebGPU is collected in use.
 */
function once<Opened>(open: () => Promise<Opened>): () => Promise<Opened> {
  let opened: Promise<Opened> | null = null;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** The driver and the device of all trainers on WebGPU. */
export const openWebGpu = once(async () => {
  const webgpu = await openNodeWebGpu('swiftshader');
  return { webgpu, device: await requestPlanDevice(webgpu.adapter) };
});

function onWasm(threads: number): CreateTrainer {
  const open = once(() => openNodeWasm(threads));
  return async (model) => createWasmTrainer(model, await open());
}

const onTfjs =
  (name: 'tfjs-cpu' | 'tfjs-wasm'): CreateTrainer =>
  async (model, definition) =>
    new TfjsTrainer(model, await definition(model), await startTfjsInNode(name));

const onWebGpu =
  (options: PlanOptions): CreateTrainer =>
  async (model) => {
    const { webgpu, device } = await openWebGpu();
    const { name: adapter, software } = webgpu;
    return createPlanTrainer(model, device, { engine: 'webgpu', adapter, software }, options);
  };

/** The engines that every family is held to. */
export const engines: Readonly<Record<string, CreateTrainer>> = {
  'WebAssembly, one thread': onWasm(1),
  'WebAssembly, two threads': onWasm(2),
  'tfjs-cpu': onTfjs('tfjs-cpu'),
  'tfjs-wasm': onTfjs('tfjs-wasm'),
  'the plan on WebGPU': onWebGpu({}),
};

/** Software drivers take long to compile these kernels, so only some of the checks run on them. */
export const onKernelsOfRealGpus = onWebGpu({ kernels: oneTile });
