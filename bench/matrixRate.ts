import type { NodeWebGpu } from '../cli/webgpuDriver.ts';
import { DeviceGuard } from '../src/engines/webgpu/deviceGuard.ts';
import { type MatrixRateMeter, prepareMatrixRate } from '../src/engines/webgpu/matrixRate.ts';
import { Pipelines } from '../src/engines/webgpu/pipelines.ts';
import { requestPlanDevice } from '../src/engines/webgpu/requestDevice.ts';

/** A meter of the adapter's matrix products, on a device of its own. */
export async function openMatrixRate(webgpu: NodeWebGpu): Promise<MatrixRateMeter> {
  const adapter = await webgpu.gpu.requestAdapter({ powerPreference: 'high-performance' });
  const guard = new DeviceGuard(await requestPlanDevice(adapter ?? webgpu.adapter));
  return prepareMatrixRate(guard, new Pipelines(guard.device), {
    engine: 'webgpu',
    adapter: webgpu.name,
    software: webgpu.software,
  });
}
