import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { WasmFiles } from '../src/engines/tfjs/wasmBackend.ts';

const folder = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

/** The binaries of tfjs' wasm backend, where npm put them. */
export const wasmFiles: WasmFiles = {
  'tfjs-backend-wasm.wasm': join(folder, 'tfjs-backend-wasm.wasm'),
  'tfjs-backend-wasm-simd.wasm': join(folder, 'tfjs-backend-wasm-simd.wasm'),
  'tfjs-backend-wasm-threaded-simd.wasm': join(folder, 'tfjs-backend-wasm-threaded-simd.wasm'),
};
