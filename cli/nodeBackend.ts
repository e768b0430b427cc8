import type { BackendInfo, BackendName } from '../src/config/backends.ts';
import { createTfjsBackend } from '../src/trainer/tfjs/backends.ts';
import { wasmFiles } from './wasmFiles.ts';
import { type DriverChoice, openNodeWebGpu } from './webgpuDriver.ts';

/**
 * One of tfjs' backends in Node. WebGPU finds a driver by itself.
 * @throws AppError saying what is missing and what to install.
 */
export async function createNodeBackend(
  name: BackendName,
  driver: DriverChoice = 'auto',
): Promise<BackendInfo> {
  if (name === 'webgpu') await provideWebGpu(driver);
  return createTfjsBackend(name, { wasmFiles });
}

/** Puts WebGPU where browsers have it. */
export async function provideWebGpu(driver: DriverChoice = 'auto'): Promise<void> {
  const { gpu } = await openNodeWebGpu(driver);
  if ('navigator' in globalThis) Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}
