import type { EngineInfo } from '../../config/engines.ts';

/** What a person calls each way to train. */
export const engines = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
  'tfjs-webgpu': 'tfjs on WebGPU',
  'tfjs-wasm': 'tfjs on WebAssembly',
  'tfjs-webgl': 'tfjs on WebGL',
  'tfjs-cpu': 'tfjs in JavaScript',
  reference: 'the reference in TypeScript',
} as const satisfies Readonly<Record<EngineInfo['engine'], string>>;
