import { AppError, reported } from '../../errors.ts';
import type { Model } from '../../plan/model.ts';
import type { RandomInputs, Trainer } from '../trainer.ts';
import { describeAdapter, probeWebGpu, requestAdapter } from '../webgpuProbe.ts';
import { createPlanTrainer, type OnProgress } from './createPlanTrainer.ts';
import { requestPlanDevice } from './requestDevice.ts';
import { processMemory, type TileMemory } from './tileMemory.ts';

/** The device of the last run, which the next one takes over unless it was lost. */
let open: GPUDevice | null = null;

/**
 * The plan on this machine's WebGPU. `tileMemory`: where measured tiles are remembered, else the process does.
 * @throws AppError what `openDevice` and `createPlanTrainer` throw.
 */
export async function openPlanTrainer<Config, Live, Inputs extends RandomInputs>(
  model: Model<Config, Live>,
  onProgress: OnProgress,
  tileMemory: TileMemory = processMemory,
): Promise<Trainer<Config, Live, Inputs>> {
  onProgress('openingGpu', 0);
  const { adapter, device } = await openDevice();
  const info = { engine: 'webgpu', ...describeAdapter(adapter) } as const;
  return createPlanTrainer<Config, Live, Inputs>(model, device, info, { onProgress, tileMemory });
}

/** @throws AppError WebGpuUnavailableError with the reason. */
export async function openDevice(): Promise<{ adapter: GPUAdapter; device: GPUDevice }> {
  const probe = await probeWebGpu();
  if (!probe.available) throw reported(probe.reason);
  const adapter = await requestAdapter();
  if (!adapter) throw new AppError('WebGpuUnavailableError.gone');
  return { adapter, device: await deviceOf(adapter) };
}

async function deviceOf(adapter: GPUAdapter): Promise<GPUDevice> {
  if (open) return open;
  const device = await requestPlanDevice(adapter);
  open = device;
  void device.lost.then(() => {
    if (open === device) open = null;
  });
  return device;
}
