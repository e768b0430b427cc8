import type { NodeWebGpu } from '../cli/webgpuDriver.ts';
import type { LiveSettings, RunConfig } from '../src/config/schema.ts';
import type { StepInputs } from '../src/engines/trainer.ts';
import {
  createPlanTrainer,
  type PlanOptions,
  type WebGpuTrainer,
} from '../src/engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../src/engines/webgpu/requestDevice.ts';
import { vaeModel } from '../src/families/vae/model.ts';

/** The plan on a device of its own. */
export async function openPlan(
  config: RunConfig,
  webgpu: NodeWebGpu,
  options?: PlanOptions,
): Promise<WebGpuTrainer<RunConfig, LiveSettings, StepInputs>> {
  const adapter = await webgpu.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await requestPlanDevice(adapter ?? webgpu.adapter);
  const { name, software } = webgpu;
  const runsOn = { engine: 'webgpu', adapter: name, software } as const;
  return createPlanTrainer(vaeModel(config), device, runsOn, options);
}
