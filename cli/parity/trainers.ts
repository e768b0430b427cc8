import type { BackendName } from '../../src/config/backends.ts';
import { createReferenceTrainer } from '../../src/engines/reference/createReferenceTrainer.ts';
import { createPlanTrainer } from '../../src/engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../../src/engines/webgpu/requestDevice.ts';
import { AppError } from '../../src/errors.ts';
import { createTfjsTrainer } from '../../src/families/createTfjsTrainer.ts';
import { vaeModel } from '../../src/families/vae/model.ts';
import { createNodeBackend } from '../nodeBackend.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../webgpuDriver.ts';
import type { TrainerFactory } from './compare.ts';

/** Held for as long as the process lives: it ends with an error when WebGPU is collected in use. */
const held = new Set<NodeWebGpu>();

/** What makes trainers, and on what they run, for a person. */
interface OpenTrainers {
  readonly create: TrainerFactory;
  readonly description: string;
}

/** What can be compared in Node; tfjs' WebGL backend needs a page. */
const engines = {
  reference: async () => ({
    create: async (config) => createReferenceTrainer(vaeModel(config)),
    description: 'the reference in TypeScript',
  }),
  webgpu: openPlan,
  'tfjs-webgpu': () => openTfjs('webgpu'),
  'tfjs-wasm': () => openTfjs('wasm'),
  'tfjs-cpu': () => openTfjs('cpu'),
} as const satisfies Record<string, () => Promise<OpenTrainers>>;

export const parityEngines = Object.keys(engines);

/**
 * Opens what a name says.
 * @throws AppError UsageError for a name that there is not, and those of what is opened.
 */
export function openTrainers(engine: string): Promise<OpenTrainers> {
  const open = Object.entries(engines).find(([name]) => name === engine)?.[1];
  if (!open) throw new AppError('UsageError.engine', { names: parityEngines, given: engine });
  return open();
}

async function openTfjs(name: BackendName): Promise<OpenTrainers> {
  const backend = await createNodeBackend(name);
  return {
    create: (config) => createTfjsTrainer(config, backend),
    description: `tfjs on ${backend.backend}: ${backend.adapter}`,
  };
}

async function openPlan(): Promise<OpenTrainers> {
  const webgpu = await openNodeWebGpu();
  const { name: adapter, software } = webgpu;
  const backend = { engine: 'webgpu', backend: 'webgpu', adapter, software } as const;
  const device = await requestPlanDevice(webgpu.adapter);
  held.add(webgpu);
  return {
    create: (config) => createPlanTrainer(vaeModel(config), device, backend),
    description: `the plan on ${webgpu.name}`,
  };
}
