import type { EngineName } from '../../config/backends.ts';

/** What a person calls each way to train. */
export const engines = {
  webgpu: 'WebGPU',
  'tfjs-webgpu': 'tfjs on WebGPU',
  wasm: 'tfjs on WebAssembly',
  webgl: 'tfjs on WebGL',
  cpu: 'tfjs in JavaScript',
} as const satisfies Readonly<Record<EngineName, string>>;
