import { AppError } from '../../errors.ts';

/** Features that the plan uses where a GPU has them; it runs without any. */
const wanted: readonly GPUFeatureName[] = ['subgroups', 'timestamp-query'];
/** Limits raised to what the adapter allows, for runs that the defaults have no room for. */
const raised = ['maxStorageBufferBindingSize', 'maxBufferSize'] as const;

/**
 * A device for the plan. A device made otherwise works as well, with default limits for smaller runs.
 * @throws AppError NoWebGpuDeviceError
 */
export async function requestPlanDevice(adapter: GPUAdapter): Promise<GPUDevice> {
  try {
    return await adapter.requestDevice({
      requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
      requiredLimits: Object.fromEntries(raised.map((limit) => [limit, adapter.limits[limit]])),
    });
  } catch (error) {
    throw new AppError('NoWebGpuDeviceError', {}, { cause: error });
  }
}
