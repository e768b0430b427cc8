import type { BackendName } from '../../src/config/backends.ts';
import { createTfjsTrainer } from '../../src/trainer/tfjs/trainer.ts';
import { createPlanTrainer } from '../../src/trainer/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../../src/trainer/webgpu/requestDevice.ts';
import { usageError } from '../fileArguments.ts';
import { createNodeBackend } from '../nodeBackend.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../webgpuDriver.ts';
import type { TrainerFactory } from './compare.ts';

/** tfjs' backends that run without a page; WebGL needs one. */
export const nodeBackends = ['cpu', 'wasm', 'webgpu'] as const satisfies readonly BackendName[];
type NodeBackend = (typeof nodeBackends)[number];

/** Held for as long as the process lives: it ends with an error when WebGPU is collected in use. */
const held = new Set<NodeWebGpu>();

/** What makes trainers, and on what they run, for a person. */
interface OpenTrainers {
  readonly create: TrainerFactory;
  readonly description: string;
}

/** What can be compared: each makes its trainers, on a backend where it has several. */
const trainers = {
  async tfjs(name: NodeBackend): Promise<OpenTrainers> {
    const backend = await createNodeBackend(name);
    return {
      create: (config) => createTfjsTrainer(config, backend),
      description: `tfjs on ${backend.backend}: ${backend.adapter}`,
    };
  },
  async webgpu(): Promise<OpenTrainers> {
    const webgpu = await openNodeWebGpu();
    const backend = {
      engine: 'webgpu',
      backend: 'webgpu',
      adapter: webgpu.name,
      software: webgpu.software,
    } as const;
    const device = await requestPlanDevice(webgpu.adapter);
    held.add(webgpu);
    return {
      create: (config) => createPlanTrainer(config, device, backend),
      description: `the plan on ${webgpu.name}`,
    };
  },
};

export const trainerNames = ['tfjs', 'webgpu'] as const satisfies readonly (keyof typeof trainers)[];

/**
 * Opens what the names say.
 * @throws AppError UsageError for a name that there is not, and those of what is opened.
 */
export function openTrainers(trainer: string, backend: string): Promise<OpenTrainers> {
  const make = oneOf('trainer', trainerNames, trainer);
  return trainers[make](oneOf('backend', nodeBackends, backend));
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given: string): Name {
  const found = names.find((name) => name === given);
  if (!found) throw usageError(`--${option} must be ${names.join(' or ')}, not "${given}".`);
  return found;
}
