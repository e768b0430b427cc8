import * as tf from '@tensorflow/tfjs-core';
import type { BackendInfo, BackendName } from '../../config/backends.ts';
import { AppError } from '../../errors.ts';
import type { WasmFiles } from './wasmBackend.ts';

/** What depends on where the code runs, so the caller says it. */
export interface BackendOptions {
  /** Needed for wasm. */
  readonly wasmFiles?: WasmFiles;
  /** Threads of wasm; `startWasm` says how many there are by default. */
  readonly wasmThreads?: number;
}

/** Asks a started backend whether it has failed since. */
const failures = new Map<string, () => AppError | undefined>();

/**
 * Loads one of tfjs' backends, each a chunk of its own, and makes it the one in use. In Node, WebGPU must have been
 * put in `navigator.gpu` before.
 * @throws AppError saying in a sentence for a person why the backend cannot be had.
 */
export async function createTfjsBackend(
  name: BackendName,
  options: BackendOptions = {},
): Promise<BackendInfo> {
  // Else tfjs advertises its package for Node on the console.
  tf.enableProdMode();
  switch (name) {
    case 'webgpu': {
      const { startWebGpu, webGpuFailure } = await import('./webgpuBackend.ts');
      failures.set(name, webGpuFailure);
      return startWebGpu();
    }
    case 'wasm': {
      if (!options.wasmFiles) throw new AppError('WasmUnavailableError.noFiles');
      const { startWasm } = await import('./wasmBackend.ts');
      return startWasm(options.wasmFiles, options.wasmThreads);
    }
    case 'webgl': {
      const { startWebGl, webGlFailure } = await import('./webglBackend.ts');
      failures.set(name, webGlFailure);
      return startWebGl();
    }
    case 'cpu': {
      const { startCpu } = await import('./cpuBackend.ts');
      return startCpu();
    }
  }
}

/**
 * Makes a started backend the one in use: tfjs has one at a time, trainers may have several.
 * @throws AppError where it was lost or made an error; nothing it computed since is to be believed.
 */
export function selectBackend({ backend }: BackendInfo): void {
  assertBackendWorks(backend);
  // Of a backend that is started already this acts at once; the promise has nothing to wait for.
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

/** @throws AppError as `selectBackend` does. */
export function assertBackendWorks(backend: BackendName): void {
  const failure = failures.get(backend)?.();
  if (failure) throw failure;
}
