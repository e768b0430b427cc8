import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendInfo } from '../../config/backends.ts';
import { AppError } from '../../errors.ts';
import { registerWasmFilterGradient } from './wasmFilterGradient.ts';

/** Where the backend's binaries are: URLs in a browser, paths in Node. */
export interface WasmFiles {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
}

/** Makes wasm tfjs' backend. The first call's files and threads stay: the module is loaded once. */
export async function startWasm(files: WasmFiles, threads: number | undefined): Promise<BackendInfo> {
  registerWasmFilterGradient();
  if (!tf.engine().registry.wasm) {
    setWasmPaths({ ...files });
    if (threads !== undefined) {
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
      setThreadsCount(threads);
    }
  }
  const ready = await tf.setBackend('wasm').catch(() => false);
  if (!ready)
    throw new AppError(
      'WasmUnavailableError',
      'WebAssembly could not be started: the browser blocks it, or its file could not be loaded. Reload the page, or choose another backend.',
    );
  const count = getThreadsCount();
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const adapter = `${count} ${count === 1 ? 'thread' : 'threads'}, ${simd ? 'SIMD' : 'no SIMD'}`;
  return { backend: 'wasm', adapter, software: true };
}
