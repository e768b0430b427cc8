import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { AppError, reported } from '../../errors.ts';
import { describeAdapter, probeWebGpu, requestAdapter } from '../webgpuProbe.ts';
import type { TfjsInfo } from './tfjsInfo.ts';

/** What made the present device unusable, if anything did. */
let failure: AppError | undefined;

/** Why the WebGPU backend may no longer be used; its numbers are not to be believed from then on. */
export function webGpuFailure(): AppError | undefined {
  return failure;
}

/**
 * Makes WebGPU tfjs' backend, on a device of our own: tfjs neither watches for errors nor for the device's loss. A
 * device that works already stays.
 */
export async function startWebGpu(): Promise<TfjsInfo> {
  const probe = await probeWebGpu();
  if (!probe.available) throw reported(probe.reason);
  const adapter = await requestAdapter();
  if (!adapter) throw new AppError('WebGpuUnavailableError.gone');
  if (!failure && tf.engine().registry.webgpu) {
    await tf.setBackend('webgpu');
    return { engine: 'tfjs-webgpu', ...describeAdapter(adapter) };
  }

  const device = await openDevice(adapter);
  failure = undefined;
  watch(device);
  // tfjs registers a backend of its own when it is loaded.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  // With more dispatches a submit, training on this backend has gone wrong silently.
  tf.env().set('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE', 1);
  await tf.setBackend('webgpu');
  return { engine: 'tfjs-webgpu', ...describeAdapter(adapter) };
}

/** A device with all that the adapter can do: tfjs' own allows 8 storage buffers, with which its AddN goes wrong. */
async function openDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  const { limits } = adapter;
  try {
    return await adapter.requestDevice({
      requiredLimits: {
        maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
        maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
        maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
        maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
        maxBufferSize: limits.maxBufferSize,
        maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
        maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
      },
    });
  } catch (cause) {
    console.warn('The GPU could not be opened:', cause);
    throw new AppError('WebGpuUnavailableError.notOpened', {}, { cause });
  }
}

function watch(device: GPUDevice): void {
  const fail = (error: AppError) => {
    failure ??= error;
  };
  device.addEventListener('uncapturederror', ({ error }) => {
    console.warn('WebGPU reported an error:', error.message);
    fail(new AppError('WebGpuError.wrongNumbers'));
  });
  void device.lost.then(({ message, reason }) => {
    console.warn('The GPU was lost:', reason, message);
    fail(new AppError('WebGpuLostError'));
  });
}
