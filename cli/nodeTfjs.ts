import type { TfjsEngine } from '../src/config/engines.ts';
import { startTfjs } from '../src/engines/tfjs/backends.ts';
import type { TfjsInfo } from '../src/engines/tfjs/tfjsInfo.ts';
import { AppError } from '../src/errors.ts';
import { told } from './told.ts';
import { wasmFiles } from './wasmFiles.ts';
import { type DriverChoice, type NodeWebGpu, openNodeWebGpu } from './webgpuDriver.ts';

/**
 * One of tfjs' engines in Node. WebGPU finds a driver by itself.
 * @throws AppError saying what is missing and what to install.
 */
export async function startTfjsInNode(engine: TfjsEngine, driver: DriverChoice = 'auto'): Promise<TfjsInfo> {
  if (engine === 'tfjs-webgpu') await provideWebGpu(driver);
  return startTfjs(engine, { wasmFiles });
}

/** The same for tests: null, and the reason on the console, where WebGPU has no driver. */
export async function startTfjsInNodeIfAny(engine: TfjsEngine): Promise<TfjsInfo | null> {
  try {
    return await startTfjsInNode(engine);
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.name === 'NoWebGpuDriverError')) throw thrown;
    console.warn(`skipped on ${engine}: ${told(thrown)}`);
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
