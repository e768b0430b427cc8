import { availableParallelism } from 'node:os';
import { startTfjsInNode } from '../cli/nodeTfjs.ts';
import { openNodeWasm } from '../cli/wasmEngine.ts';
import type { DriverChoice, NodeWebGpu } from '../cli/webgpuDriver.ts';
import type { ProductChoice, TfjsEngine } from '../src/config/engines.ts';
import type { RunConfig } from '../src/config/schema.ts';
import type { Trainer } from '../src/engines/trainer.ts';
import { createWasmTrainer } from '../src/engines/wasm/createWasmTrainer.ts';
import type { PlanOptions } from '../src/engines/webgpu/createPlanTrainer.ts';
import { planReport } from '../src/engines/webgpu/planReport.ts';
import { createTfjsTrainer } from '../src/families/createTfjsTrainer.ts';
import { modelOf } from '../src/families/families.ts';
import { tensorBytes } from '../src/plan/tensorBytes.ts';
import type { Objective } from '../src/settings/scopes.ts';
import { createJaxPeer } from './jaxPeer.ts';
import { median } from './median.ts';
import { openPlan } from './openPlan.ts';
import type { Peer, PeerName } from './peer.ts';
import { createTorchPeer } from './torchPeer.ts';

/** Peers whose step is written out in another language, with the objectives that they have it for. */
const written: Partial<Record<PeerName, readonly Objective[]>> = {
  torch: ['factorVae', 'infoWganGp'],
  'torch-1': ['factorVae', 'infoWganGp'],
  jax: ['factorVae'],
};

/**
 * Null for PyTorch where it is not installed, and for peers whose step is not written for the objective.
 * `options`: of the plan on WebGPU.
 */
export function createPeer(
  name: PeerName,
  config: RunConfig,
  webgpu: NodeWebGpu,
  driver: DriverChoice,
  options: PlanOptions,
): Promise<Peer | null> {
  const objectives = written[name];
  if (objectives && !objectives.includes(config.objective)) return Promise.resolve(null);
  switch (name) {
    case 'plan':
      return createPlanPeer(name, config, webgpu, options);
    case 'plan-64':
      return createPlanPeer(name, config, webgpu, { ...options, submitMs: Number.POSITIVE_INFINITY });
    case 'wasm':
      return createWasmPeer(name, config, availableParallelism());
    case 'wasm-1':
      return createWasmPeer(name, config, 1);
    case 'tfjs-webgpu':
    case 'tfjs-wasm':
      return createTfjsPeer(name, config, driver);
    case 'torch':
      return createTorchPeer(name, config, availableParallelism());
    case 'torch-1':
      return createTorchPeer(name, config, 1);
    case 'jax':
      return createJaxPeer(config, driver);
  }
}

async function createPlanPeer(
  name: 'plan' | 'plan-64',
  config: RunConfig,
  webgpu: NodeWebGpu,
  options: PlanOptions,
): Promise<Peer> {
  const trainer = await openPlan(config, webgpu, options);
  const first = { step: 0, submits: 0 };
  const scriptMs: number[] = [];
  return {
    name,
    async train(steps) {
      const before = planReport(trainer);
      await trainer.train(steps);
      const after = planReport(trainer);
      // The first step is a figure of its own: a device sets up its buffers in it.
      if (before.submits === 0) Object.assign(first, { step: trainer.step, submits: after.submits });
      else scriptMs.push((after.scriptTime - before.scriptTime) / steps);
    },
    figures: () => {
      const { kernels, choices, dispatchesPerStep, passesPerSubmit, submits, bytes, tensorBytes } =
        planReport(trainer);
      return {
        kernels,
        dispatchesPerStep,
        passesPerSubmit,
        stepsPerSubmit: (trainer.step - first.step) / (submits - first.submits),
        scriptMsPerStep: median(scriptMs),
        scriptMsPerStepAtMost: Math.max(...scriptMs),
        gpuBytes: bytes,
        bytesOverTensors: bytes / tensorBytes,
        ...Object.fromEntries(choices.map(choiceFigure)),
      };
    },
  };
}

/** Which kernel a product has, and what it took when it was measured. */
function choiceFigure({ product, kernel, ms }: ProductChoice): [string, string] {
  return [product, `${kernel}; ${ms === null ? 'not measured' : `${ms.toFixed(4)} ms`}`];
}

/** `threads`: of the WebAssembly engine. */
async function createWasmPeer(name: PeerName, config: RunConfig, threads: number): Promise<Peer> {
  const trainer = createWasmTrainer(modelOf(config), await openNodeWasm(threads));
  const { all, kept, tables } = trainer.device.bytes;
  const tensors = tensorBytes(trainer.device.plan);
  return {
    name,
    train: (steps) => trainer.train(steps),
    figures: () => ({
      threads,
      recordsPerStep: trainer.device.recordsPerStep,
      bytes: all,
      bytesOverTensors: (all - kept - tables) / tensors,
      bytesOverTensorsWithCopy: (all - tables) / tensors,
    }),
  };
}

async function createTfjsPeer(
  name: PeerName & TfjsEngine,
  config: RunConfig,
  driver: DriverChoice,
): Promise<Peer> {
  const trainer: Trainer = await createTfjsTrainer(config, await startTfjsInNode(name, driver));
  return { name, train: (steps) => trainer.train(steps), figures: () => ({}) };
}
