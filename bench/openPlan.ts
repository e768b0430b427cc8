import type { NodeWebGpu } from '../cli/webgpuDriver.ts';
import type { LiveSettings, RunConfig } from '../src/config/schema.ts';
import {
  createPlanTrainer,
  type PlanOptions,
  type WebGpuTrainer,
} from '../src/engines/webgpu/createPlanTrainer.ts';
import { requestPlanDevice } from '../src/engines/webgpu/requestDevice.ts';
import { modelOf } from '../src/families/families.ts';

/** The plan on a device of its own. */
export async function openPlan(
  config: RunConfig,
  webgpu: NodeWebGpu,
  options?: PlanOptions,
): Promise<WebGpuTrainer<RunConfig, LiveSettings>> {
  const adapter = await webgpu.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await requestPlanDevice(adapter ?? webgpu.adapter);
  const { name, software } = webgpu;
  const runsOn = { engine: 'webgpu', adapter: name, software } as const;
  return createPlanTrainer(modelOf(config), device, runsOn, options);
}
