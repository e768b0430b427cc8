/** One way to train, as the benchmark sees it. */
export interface Peer {
  readonly name: PeerName;
  /** Does that many steps and waits for the GPU. */
  train(steps: number): Promise<unknown>;
  /** Further figures, by name. */
  figures(): Readonly<Record<string, number | string>>;
}

/** `wasm` and `torch` with a thread a core, `wasm-1` and `torch-1` with one. */
export const peerNames = [
  'wasm',
  'wasm-1',
  'plan',
  'plan-64',
  'tfjs-webgpu',
  'tfjs-wasm',
  'torch',
  'torch-1',
  'jax',
] as const;
export type PeerName = (typeof peerNames)[number];
