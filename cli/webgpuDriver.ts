import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { create, globals } from 'webgpu';
import { AppError } from '../src/errors.ts';
import { restWhileWaiting } from './restingWaits.ts';

/** Where a Vulkan loader looks for drivers, and where Chromium's packages put SwiftShader's. */
const driverFolders = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];
const swiftShaderNames = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

/** What WebGPU in Node can be asked to run on: the best there is, or one of the software drivers. */
export const driverChoices = ['auto', 'lavapipe', 'swiftshader'] as const;
export type DriverChoice = (typeof driverChoices)[number];

export interface NodeWebGpu {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
  /** The adapter's own name, for a person. */
  readonly name: string;
  readonly software: boolean;
}

function lavapipeDriver(): string | undefined {
  return driverFolders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
    .find((path) => /lvp_icd.*\.json$/.test(path));
}

/** SwiftShader's driver file: of an installed Chromium, or of the browser that CHROMIUM_PATH names. */
function swiftShaderDriver(): string | undefined {
  const named = process.env.CHROMIUM_PATH;
  const candidates = named
    ? [join(dirname(named), 'vk_swiftshader_icd.json'), ...swiftShaderNames]
    : swiftShaderNames;
  return candidates.find((path) => existsSync(path));
}

/** WebGPU's constants and classes where browsers have them, with waits that leave the processor to the driver. */
function provideGlobals(): void {
  if ('GPUDevice' in globalThis) return;
  Object.assign(globalThis, globals);
  restWhileWaiting();
}

async function open(driverFile?: string): Promise<NodeWebGpu | null> {
  // The Vulkan loader reads this at the next instance that is made.
  if (driverFile) process.env.VK_ICD_FILENAMES = driverFile;
  const gpu = create([]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return null;
  const { description, device, isFallbackAdapter } = adapter.info;
  return { gpu, adapter, name: description || device, software: isFallbackAdapter };
}

/**
 * WebGPU for Node: the system's GPU, else lavapipe, else the SwiftShader of an installed Chromium. A driver named in
 * VK_ICD_FILENAMES is taken as it is. Also makes WebGPU's global constants (GPUBufferUsage and so on) available.
 * @throws AppError NoWebGpuDriverError, saying what to install.
 */
export async function openNodeWebGpu(choice: DriverChoice = 'auto'): Promise<NodeWebGpu> {
  provideGlobals();
  const drivers: (string | undefined)[] = [];
  if (choice === 'auto') {
    const system = await open();
    if (system && (!system.software || process.env.VK_ICD_FILENAMES)) return system;
  }
  if (choice !== 'swiftshader') drivers.push(lavapipeDriver());
  if (choice !== 'lavapipe') drivers.push(swiftShaderDriver());
  for (const driver of drivers) {
    const found = driver && (await open(driver));
    if (found) return found;
  }
  if (choice === 'auto') throw new AppError('NoWebGpuDriverError.any');
  throw new AppError('NoWebGpuDriverError.named', { driver: choice });
}
