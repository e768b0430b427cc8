import { productFlops, sampleProduct } from '../../plan/product.ts';
import { describeAdapter } from '../webgpuProbe.ts';
import { chooseKernels } from './chooseKernels.ts';
import { DeviceGuard } from './deviceGuard.ts';
import { openDevice } from './openPlanTrainer.ts';
import { Pipelines } from './pipelines.ts';
import { ProductRun } from './productRun.ts';

/**
 * Floating point operations a second of dense products on this machine's adapter, by the faster of two.
 * @throws AppError WebGpuUnavailableError where there is none.
 */
export async function webGpuProductRate(): Promise<number> {
  const { adapter, device } = await openDevice();
  const guard = new DeviceGuard(device);
  const pipelines = new Pipelines(device);
  const kernels = await chooseKernels(guard, pipelines, { engine: 'webgpu', ...describeAdapter(adapter) });
  const kernel = kernels.layer(sampleProduct, { kind: 'bias', activation: 'none' });
  const run = await ProductRun.prepare(guard, pipelines, kernel, sampleProduct);
  try {
    return (1000 * productFlops(sampleProduct)) / (await run.time(1, 2));
  } finally {
    run.dispose();
  }
}
