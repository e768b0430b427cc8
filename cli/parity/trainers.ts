import type { TfjsEngine } from '../../src/config/engines.ts';
import { createReferenceTrainer } from '../../src/engines/reference/createReferenceTrainer.ts';
import type { TfjsDefinition } from '../../src/engines/tfjs/definition.ts';
import { TfjsTrainer } from '../../src/engines/tfjs/trainer.ts';
import type { Trainer } from '../../src/engines/trainer.ts';
import { createWasmTrainer } from '../../src/engines/wasm/createWasmTrainer.ts';
import { createPlanTrainer } from '../../src/engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../../src/engines/webgpu/requestDevice.ts';
import { AppError } from '../../src/errors.ts';
import { en } from '../../src/locale/en/index.ts';
import type { Model } from '../../src/plan/model.ts';
import { startTfjsInNode } from '../nodeTfjs.ts';
import { openNodeWasm } from '../wasmEngine.ts';
import { type NodeWebGpu, openNodeWebGpu } from '../webgpuDriver.ts';

/** Held for as long as the process lives: it ends with an error when WebGPU is collected in use. */
const held = new Set<NodeWebGpu>();

/** What makes trainers, and on what they run, for a person. */
export interface OpenTrainers {
  create<Config, Live>(run: DefinedModel<Config, Live>): Promise<Trainer<Config, Live>>;
  readonly description: string;
}

/** A run of any family, as plans have it and as tfjs has it. */
export interface DefinedModel<Config, Live> {
  readonly model: Model<Config, Live>;
  definition(): Promise<TfjsDefinition>;
}

/** What can be compared in Node; tfjs on WebGL needs a page. */
const engines = {
  reference: async () => ({
    create: async ({ model }) => createReferenceTrainer(model),
    description: 'the reference in TypeScript',
  }),
  webgpu: openPlan,
  wasm: openWasm,
  'tfjs-webgpu': () => openTfjs('tfjs-webgpu'),
  'tfjs-wasm': () => openTfjs('tfjs-wasm'),
  'tfjs-cpu': () => openTfjs('tfjs-cpu'),
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

async function openTfjs(engine: TfjsEngine): Promise<OpenTrainers> {
  const runsOn = await startTfjsInNode(engine);
  return {
    create: async ({ model, definition }) => new TfjsTrainer(model, await definition(), runsOn),
    description: `${en.engines[engine]}: ${runsOn.adapter}`,
  };
}

async function openWasm(): Promise<OpenTrainers> {
  const engine = await openNodeWasm();
  return {
    create: async ({ model }) => createWasmTrainer(model, engine),
    description: `${en.engines.wasm}: ${engine.threads} threads`,
  };
}

async function openPlan(): Promise<OpenTrainers> {
  const webgpu = await openNodeWebGpu();
  const { name: adapter, software } = webgpu;
  const runsOn = { engine: 'webgpu', adapter, software } as const;
  const device = await requestPlanDevice(webgpu.adapter);
  held.add(webgpu);
  return {
    create: ({ model }) => createPlanTrainer(model, device, runsOn),
    description: `the plan on ${webgpu.name}`,
  };
}
