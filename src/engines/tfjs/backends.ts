import * as tf from '@tensorflow/tfjs-core';
import type { TfjsEngine } from '../../config/engines.ts';
import { AppError } from '../../errors.ts';
import type { TfjsInfo } from './tfjsInfo.ts';
import type { WasmFiles } from './wasmBackend.ts';

/** tfjs' own names of its backends, by the engine that each is here. */
const backends = {
  'tfjs-webgpu': 'webgpu',
  'tfjs-wasm': 'wasm',
  'tfjs-webgl': 'webgl',
  'tfjs-cpu': 'cpu',
} as const satisfies Readonly<Record<TfjsEngine, string>>;

/** What depends on where the code runs, so the caller says it. */
export interface TfjsOptions {
  /** Needed for wasm. */
  readonly wasmFiles?: WasmFiles;
  /** Threads of wasm; `startWasm` says how many there are by default. */
  readonly wasmThreads?: number;
}

/** Asks a started backend whether it has failed since. */
const failures = new Map<TfjsEngine, () => AppError | undefined>();

/**
 * Loads one of tfjs' backends, each a chunk of its own, and makes it the one in use. In Node, WebGPU must have been
 * put in `navigator.gpu` before.
 * @throws AppError saying in a sentence for a person why the backend cannot be had.
 */
export async function startTfjs(engine: TfjsEngine, options: TfjsOptions = {}): Promise<TfjsInfo> {
  // Else tfjs advertises its package for Node on the console.
  tf.enableProdMode();
  switch (engine) {
    case 'tfjs-webgpu': {
      const { startWebGpu, webGpuFailure } = await import('./webgpuBackend.ts');
      failures.set(engine, webGpuFailure);
      return startWebGpu();
    }
    case 'tfjs-wasm': {
      if (!options.wasmFiles) throw new AppError('WasmUnavailableError.noFiles');
      const { startWasm } = await import('./wasmBackend.ts');
      return startWasm(options.wasmFiles, options.wasmThreads);
    }
    case 'tfjs-webgl': {
      const { startWebGl, webGlFailure } = await import('./webglBackend.ts');
      failures.set(engine, webGlFailure);
      return startWebGl();
    }
    case 'tfjs-cpu': {
      const { startCpu } = await import('./cpuBackend.ts');
      return startCpu();
    }
  }
}

/**
 * Makes a started backend the one in use: tfjs has one at a time, trainers may have several.
 * @throws AppError where it was lost or made an error; nothing it computed since is to be believed.
 */
export function selectBackend({ engine }: TfjsInfo): void {
  assertBackendWorks(engine);
  const backend = backends[engine];
  // Of a backend that is started already this acts at once; the promise has nothing to wait for.
  if (tf.getBackend() !== backend) void tf.setBackend(backend);
}

/** @throws AppError as `selectBackend` does. */
export function assertBackendWorks(engine: TfjsEngine): void {
  const failure = failures.get(engine)?.();
  if (failure) throw failure;
}
