import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import threadedFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import * as tf from '@tensorflow/tfjs-core';
import { AppError } from '../../errors.ts';
import type { TfjsInfo } from './tfjsInfo.ts';
import { registerWasmKernels } from './wasmKernels.ts';

/** Where the backend's files are: URLs in a browser, paths in Node. */
export interface WasmFiles {
  readonly 'tfjs-backend-wasm.wasm': string;
  readonly 'tfjs-backend-wasm-simd.wasm': string;
  readonly 'tfjs-backend-wasm-threaded-simd.wasm': string;
  /** tfjs' wasm-out/tfjs-backend-wasm-threaded-simd.js as published; without it there is one thread. */
  readonly threadScript?: string;
}

/** Threads that have not started by then never will: their errors reach nobody. */
const threadStartMs = 10_000;

/** tfjs itself starts at most half as many threads as there are cores; more than this few networks here can use. */
const mostThreads = 4;

/**
 * Makes wasm tfjs' backend. The first call decides on threads: the module is loaded once.
 * @param threads More than one needs a cross-origin isolated page. Only convolutions use them: two idle cores instead of
 *   one made 1.2 times as many steps of `quick`, 1.3 of `paper`, and 0.8 of `tiny`. On busy cores threads wait for each
 *   other (a seventh of `tiny`'s steps), so by default there are as many cores left over.
 * @throws AppError WasmUnavailableError.
 */
export async function startWasm(files: WasmFiles, threads = suitableThreads()): Promise<TfjsInfo> {
  registerWasmKernels();
  if (!tf.engine().registry.wasm) {
    const started = await start(files, threads).catch(() => false);
    if (!started) throw new AppError('WasmUnavailableError.blocked');
  }
  await tf.setBackend('wasm');
  const count = Math.max(1, getThreadsCount());
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const adapter = `${count} ${count === 1 ? 'thread' : 'threads'}, ${simd ? 'SIMD' : 'no SIMD'}`;
  return { engine: 'tfjs-wasm', adapter, software: true };
}

function suitableThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(mostThreads, Math.floor(navigator.hardwareConcurrency / 2)));
}

async function start({ threadScript, ...binaries }: WasmFiles, threads: number): Promise<boolean> {
  setWasmPaths(binaries);
  if (threads > 1 && globalThis.crossOriginIsolated && threadScript) {
    if (await startThreaded(threadScript, threads)) return true;
  }
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  return tf.setBackend('wasm');
}

async function startThreaded(script: string, threads: number): Promise<boolean> {
  // tfjs gives its threads the text of this function, which a bundler has rewritten to use names from around it.
  const response = await fetch(script);
  if (!response.ok) return false;
  const source = await response.text();
  threadedFactory.toString = () => source.replace(/^\s*var WasmBackendModuleThreadedSimd =/, '');
  setThreadsCount(threads);

  const tooLate = new Promise<boolean>((resolve) => setTimeout(resolve, threadStartMs, false));
  const started = await Promise.race([tf.setBackend('wasm').catch(() => false), tooLate]);
  if (!started) registerAfresh();
  return started;
}

/** Forgets a start that failed or hangs, so that the backend can be started another way. */
function registerAfresh(): void {
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory);
}
