import type { BackendInfo, BackendName } from '../src/config/backends.ts';
import { createTfjsBackend } from '../src/engines/tfjs/backends.ts';
import { AppError } from '../src/errors.ts';
import { told } from './told.ts';
import { wasmFiles } from './wasmFiles.ts';
import { type DriverChoice, type NodeWebGpu, openNodeWebGpu } from './webgpuDriver.ts';

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

/** The same for tests: null, and the reason on the console, where WebGPU has no driver. */
export async function createNodeBackendIfAny(name: BackendName): Promise<BackendInfo | null> {
  try {
    return await createNodeBackend(name);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.name === 'NoWebGpuDriverError')) throw thrown;
    console.warn(`skipped on ${name}: ${told(thrown)}`);
    return null;
  }
}

/** Held for as long as the process lives: the process ends with an error when WebGPU is collected in use. */
let provided: Promise<NodeWebGpu> | undefined;

/** Puts WebGPU where browsers have it. The first call chooses the driver for the process. */
export async function provideWebGpu(driver: DriverChoice = 'auto'): Promise<void> {
  provided ??= openNodeWebGpu(driver);
  const { gpu } = await provided;
  if ('navigator' in globalThis) Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  else Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
}
