import type { RunConfig } from '../../config/schema.ts';
import { AppError } from '../../errors.ts';
import type { Trainer } from '../trainer.ts';
import { describeAdapter, probeWebGpu, requestAdapter } from '../webgpuProbe.ts';
import { createPlanTrainer, type OnProgress } from './createPlanTrainer.ts';

/** Used where an adapter has them; every path without them is tested too. */
const optionalFeatures: readonly GPUFeatureName[] = ['subgroups', 'timestamp-query'];

/**
 * The plan on this machine's WebGPU, on a device of its own.
 * @throws AppError WebGpuUnavailableError with the reason, and what `createPlanTrainer` throws.
 */
export async function openPlanTrainer(config: RunConfig, onProgress: OnProgress): Promise<Trainer> {
  onProgress('Opening the GPU', 0);
  const probe = await probeWebGpu();
  if (!probe.available) throw new AppError('WebGpuUnavailableError', probe.reason);
  const adapter = await requestAdapter();
  if (!adapter) throw new AppError('WebGpuUnavailableError', 'The GPU went away while it was being opened.');
  const device = await openDevice(adapter);
  try {
    const info = { engine: 'webgpu', backend: 'webgpu', ...describeAdapter(adapter) } as const;
    return await createPlanTrainer(config, device, info, onProgress);
  } catch (thrown) {
    device.destroy();
    throw thrown;
  }
}

async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits;
  try {
    return await adapter.requestDevice({
      label: 'FactorVAE plan',
      requiredFeatures: optionalFeatures.filter((feature) => adapter.features.has(feature)),
      // The default limits do for every preset; a large run may need larger buffers.
      requiredLimits: { maxBufferSize, maxStorageBufferBindingSize },
    });
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('WebGpuUnavailableError', `The GPU could not be opened: ${detail}.`, { cause });
  }
}
