import type { NodeWebGpu } from '../cli/webgpuDriver.ts';
import type { RunConfig } from '../src/config/schema.ts';
import { createPlanTrainer, type PlanOptions } from '../src/trainer/webgpu/createPlanTrainer.ts';
import type { PlanTrainer } from '../src/trainer/webgpu/planTrainer.ts';
import { requestPlanDevice } from '../src/trainer/webgpu/requestDevice.ts';

/** The plan on a device of its own. */
export async function openPlan(
  config: RunConfig,
  webgpu: NodeWebGpu,
  options?: PlanOptions,
): Promise<PlanTrainer> {
  const adapter = await webgpu.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const device = await requestPlanDevice(adapter ?? webgpu.adapter);
  const { name, software } = webgpu;
  const backend = { engine: 'webgpu', backend: 'webgpu', adapter: name, software } as const;
  return createPlanTrainer(config, device, backend, options);
}
