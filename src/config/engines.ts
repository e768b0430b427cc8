/** tfjs, on each of its backends. */
export const tfjsEngines = ['tfjs-webgpu', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'] as const;
export type TfjsEngine = (typeof tfjsEngines)[number];

/** The plan on WebGPU or in WebAssembly. */
export const planEngines = ['webgpu', 'wasm'] as const;
export type PlanEngine = (typeof planEngines)[number];

/** The ways to train: the plan, or tfjs. */
export const engineNames = [...planEngines, ...tfjsEngines] as const;
export type EngineName = (typeof engineNames)[number];

/** What a person asks for. `auto`: the fastest engine that works here. */
export const engineChoices = ['auto', ...engineNames] as const;
export type EngineChoice = (typeof engineChoices)[number];

/** With the reference, which is for nobody to choose: other engines are held against it. */
export const allEngines = [...engineNames, 'reference'] as const;

/** What a trainer runs on, as a person is told. */
export interface EngineInfo {
  readonly engine: (typeof allEngines)[number];
  /** The adapter's or engine's own name, e.g. "NVIDIA GeForce RTX 3060" or "4 threads, SIMD". */
  readonly adapter: string;
  /** True where the arithmetic is done by the processor: slow, but the same numbers. */
  readonly software: boolean;
}

/** What a step costs, as far as a trainer knows. */
export interface StepCost {
  readonly dispatches: number;
  /** Milliseconds by the GPU's clock; null where it has no timestamps. */
  readonly gpuMs: number | null;
  /** Floating point operations a second of the best matrix product measured on this adapter; null if none was. */
  readonly peakRate: number | null;
  /** GPU memory of the run. */
  readonly bytes: number;
}

/** How a product of matrices is computed, where a device has several kernels for it. */
export interface ProductChoice {
  readonly product: string;
  readonly kernel: string;
  /** Milliseconds that it took when it was measured; null where it was not yet. */
  readonly ms: number | null;
}

/** Whether an engine computes inside the calls made to it: handing it work ahead only delays whoever waits. */
export function computesInCalls({ engine }: EngineInfo): boolean {
  return engine === 'wasm' || engine === 'tfjs-wasm' || engine === 'tfjs-cpu' || engine === 'reference';
}

/**
 * What the bits of a run depend on beside its settings, as text for an address: the engine and, on a GPU or its
 * driver on the processor, the adapter by a hash. In WebAssembly all processors agree.
 */
export function ranOn({ engine, adapter, software }: EngineInfo): string {
  if (engine !== 'webgpu' && engine !== 'tfjs-webgpu' && engine !== 'tfjs-webgl') return engine;
  return `${engine}-${software ? 'software' : 'gpu'}-${hashOf(adapter)}`;
}

/** FNV-1a over UTF-16, 32 bits in base 36: tells the adapters of a class apart, no more. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}
