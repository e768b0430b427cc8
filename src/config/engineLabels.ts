import type { EngineName } from './backends.ts';

/** What a person calls each way to train. */
export const engineLabels: Readonly<Record<EngineName, string>> = {
  webgpu: 'WebGPU',
  'tfjs-webgpu': 'tfjs on WebGPU',
  wasm: 'tfjs on WebAssembly',
  webgl: 'tfjs on WebGL',
  cpu: 'tfjs in JavaScript',
};
