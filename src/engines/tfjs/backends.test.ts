import { afterEach, describe, expect, test, vi } from 'vitest';
import { wasmFiles } from '../../../cli/wasmFiles.ts';
import { errorReport } from '../../report.ts';
import { isSoftwareName, probeWebGpu } from '../webgpuProbe.ts';
import { startTfjs } from './backends.ts';

afterEach(() => vi.unstubAllGlobals());

const adapterOf = (info: Partial<GPUAdapterInfo>) => ({
  info: { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false, ...info },
});
const browserWith = (requestAdapter: () => Promise<unknown>) =>
  vi.stubGlobal('navigator', { gpu: { requestAdapter } });

describe('the WebGPU probe', () => {
  test('a browser without WebGPU', async () => {
    vi.stubGlobal('navigator', {});
    const probe = await probeWebGpu();
    expect(probe).toMatchObject({ available: false, reason: { code: 'WebGpuUnavailableError.missing' } });
  });

  test('a page that is not secure', async () => {
    vi.stubGlobal('navigator', {});
    vi.stubGlobal('isSecureContext', false);
    expect(await probeWebGpu()).toMatchObject({ reason: { code: 'WebGpuUnavailableError.insecure' } });
  });

  test('a browser that offers no adapter, or fails to', async () => {
    browserWith(async () => null);
    expect(await probeWebGpu()).toMatchObject({ reason: { code: 'WebGpuUnavailableError.noGpu' } });
    // What the browser says goes to the console, in no sentence for a person.
    const told = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    browserWith(async () => Promise.reject(new Error('process crashed')));
    expect(await probeWebGpu()).toEqual({
      available: false,
      reason: errorReport('WebGpuUnavailableError.failed'),
    });
    expect(String(told.mock.calls[0][1])).toContain('process crashed');
    told.mockRestore();
  });

  test.each([
    [{ description: 'NVIDIA GeForce RTX 3060' }, 'NVIDIA GeForce RTX 3060', false],
    [{ vendor: 'apple', architecture: 'metal-3' }, 'apple metal-3', false],
    [{ vendor: 'google', architecture: 'swiftshader' }, 'google swiftshader', true],
    [{ vendor: 'microsoft', isFallbackAdapter: true }, 'microsoft', true],
    [
      { vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.6, 256 bits)' },
      'llvmpipe (LLVM 15.0.6, 256 bits)',
      true,
    ],
    [{}, 'unnamed adapter', false],
  ])('%o', async (info, adapter, software) => {
    browserWith(async () => adapterOf(info));
    expect(await probeWebGpu()).toEqual({ available: true, adapter, software });
  });

  test('names of software renderers', () => {
    const software = [
      'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device))',
      'Microsoft Basic Render Driver',
      'lavapipe',
    ];
    expect(software.filter((name) => !isSoftwareName(name))).toEqual([]);
    expect(['Apple M2', 'ANGLE (NVIDIA, GeForce GTX 1080)'].filter(isSoftwareName)).toEqual([]);
  });
});

describe('a backend that cannot be had says so by name', () => {
  test('WebGPU in a browser without', async () => {
    vi.stubGlobal('navigator', {});
    await expect(startTfjs('tfjs-webgpu')).rejects.toMatchObject({ name: 'WebGpuUnavailableError' });
  });

  test('WebGL without a canvas', async () => {
    await expect(startTfjs('tfjs-webgl')).rejects.toMatchObject({ name: 'WebGlUnavailableError' });
  });

  test('wasm without its files, or with files that are not there', async () => {
    const name = 'WasmUnavailableError';
    await expect(startTfjs('tfjs-wasm')).rejects.toMatchObject({ name });
    const files = { ...wasmFiles, 'tfjs-backend-wasm-simd.wasm': '/nowhere/simd.wasm' };
    await expect(startTfjs('tfjs-wasm', { wasmFiles: files })).rejects.toMatchObject({ name });
    await expect(startTfjs('tfjs-wasm', { wasmFiles: files })).rejects.toMatchObject({ name });
  });

  test('cpu works after all of them', async () => {
    expect(await startTfjs('tfjs-cpu')).toEqual({
      engine: 'tfjs-cpu',
      adapter: 'plain JavaScript',
      software: true,
    });
  });
});
