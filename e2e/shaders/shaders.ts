import { presets } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/schema.ts';
import { createPlanTrainer } from '../../src/engines/webgpu/createPlanTrainer.ts';
import { type KernelChoice, registerChoice } from '../../src/engines/webgpu/kernelChoice.ts';
import { oneTile } from '../../src/engines/webgpu/oneTile.ts';
import { requestPlanDevice } from '../../src/engines/webgpu/requestDevice.ts';
import { vaeModel } from '../../src/families/vae/model.ts';
import type { ShaderReport, ShaderRun } from './report.ts';
import './tiles.ts';

const odd: Partial<RunConfig> = { convWidths: [6, 10], denseWidth: 30, latents: 5, batchSize: 7 };

/**
 * Every kind of run. Those of `steps` 0 are only compiled, and only with the kernels that have sizes written into
 * them: a software adapter is slow with them.
 */
const cases: readonly { readonly name: string; readonly config: RunConfig; readonly steps: number }[] = [
  { name: 'tiny', config: presets.tiny, steps: 3 },
  { name: 'odd sizes in colour', config: { ...presets.tiny, ...odd, channels: 3 }, steps: 3 },
  { name: 'beta-VAE', config: { ...presets.tiny, objective: 'betaVae' }, steps: 3 },
  { name: 'the first batch permuted', config: { ...presets.tiny, permutedBatch: 'first' }, steps: 3 },
  { name: 'paper', config: presets.paper, steps: 0 },
];

/** All kernels: those of real GPUs, and those of software adapters with and without subgroups. */
function choicesOf(device: GPUDevice): KernelChoice[] {
  const { subgroupMinSize, subgroupMaxSize } = device.adapterInfo;
  const lanes = subgroupMinSize === subgroupMaxSize && subgroupMinSize <= 16 ? subgroupMinSize : null;
  const subgroups = device.features.has('subgroups') && lanes !== null ? [registerChoice(lanes)] : [];
  return [oneTile, registerChoice(null), ...subgroups];
}

async function run(adapter: GPUAdapter, index: number): Promise<ShaderRun[]> {
  const { name, config, steps } = cases[index];
  const device = await requestPlanDevice(adapter);
  const { description, device: model } = device.adapterInfo;
  const runsOn = {
    engine: 'webgpu',
    adapter: description || model,
    software: true,
  } as const;
  const runs: ShaderRun[] = [];
  for (const kernels of steps > 0 ? choicesOf(device) : [oneTile]) {
    const trainer = await createPlanTrainer(vaeModel(config), device, runsOn, { kernels });
    const rows = steps > 0 ? await trainer.train(steps) : [];
    trainer.dispose();
    runs.push({ config: name, kernels: kernels.name, rows: [...rows] });
  }
  device.destroy();
  return runs;
}

window.checkShaders = async (): Promise<ShaderReport | null> => {
  if (!('gpu' in navigator)) return null;
  const runs: ShaderRun[] = [];
  let first: GPUAdapter | null = null;
  for (let index = 0; index < cases.length; index++) {
    // An adapter gives one device.
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) return null;
    first ??= adapter;
    runs.push(...(await run(adapter, index)));
  }
  return (
    first && { adapter: first.info.description || first.info.device, features: [...first.features], runs }
  );
};
