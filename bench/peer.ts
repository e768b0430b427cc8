/** One way to train, as the benchmark sees it. */
export interface Peer {
  readonly name: PeerName;
  /** Does that many steps and waits for the GPU. */
  train(steps: number): Promise<unknown>;
  /** Further figures, by name. */
  figures(): Readonly<Record<string, number | string>>;
}

export const peerNames = ['wasm', 'wasm-1', 'plan', 'plan-64', 'tfjs-webgpu', 'tfjs-wasm', 'jax'] as const;
export type PeerName = (typeof peerNames)[number];
