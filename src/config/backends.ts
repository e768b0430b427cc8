/** What does the arithmetic. */
export const backendNames = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** The ways to train: the plan on WebGPU, or tfjs on one of its backends. */
export const engineNames = ['webgpu', 'tfjs-webgpu', 'wasm', 'webgl', 'cpu'] as const;
export type EngineName = (typeof engineNames)[number];

/** What a trainer runs on, as a person is told. */
export interface BackendInfo {
  readonly engine: EngineName;
  readonly backend: BackendName;
  /** The adapter's or engine's own name, e.g. "NVIDIA GeForce RTX 3060" or "4 threads, SIMD". */
  readonly adapter: string;
  /** True where the arithmetic is done by the processor: slow, but the same numbers. */
  readonly software: boolean;
}

/** What a person asks for. `auto`: the first engine that works here, in the order that suits the machine. */
export const backendChoices = ['auto', ...engineNames] as const;
export type BackendChoice = (typeof backendChoices)[number];

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

/** Whether a backend computes inside the calls made to it: handing it work ahead only delays whoever waits. */
export function computesInCalls({ backend }: BackendInfo): boolean {
  return backend === 'wasm' || backend === 'cpu';
}

/** What of tfjs an engine trains on. */
export function tfjsBackendOf(engine: Exclude<EngineName, 'webgpu'>): BackendName {
  return engine === 'tfjs-webgpu' ? 'webgpu' : engine;
}
