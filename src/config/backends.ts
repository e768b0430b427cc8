export const backendNames = ['webgpu', 'wasm', 'webgl', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/** What a trainer runs on, as a person is told. */
export interface BackendInfo {
  readonly backend: BackendName;
  /** The adapter's or engine's own name, e.g. "NVIDIA GeForce RTX 3060" or "4 threads, SIMD". */
  readonly adapter: string;
  /** True where the arithmetic is done by the processor: slow, but the same numbers. */
  readonly software: boolean;
}

/** What a person asks for. `auto`: WebGPU on a real GPU, else wasm, else WebGL, else plain JavaScript. */
export const backendChoices = ['auto', ...backendNames] as const;
export type BackendChoice = (typeof backendChoices)[number];
