/** One configuration with one choice of kernels. */
export interface ShaderRun {
  readonly config: string;
  readonly kernels: string;
  /** Metrics of the first steps, [steps, columns]; empty where shaders were compiled and not run. */
  readonly rows: readonly number[];
}

/** A tile of real GPUs, held to the reference on a product of odd sizes. */
export interface TileCheck {
  readonly tile: string;
  readonly product: string;
  /** The largest difference from the reference; null where something is missing or not a number. */
  readonly error: number | null;
}

export interface ShaderReport {
  readonly adapter: string;
  readonly features: readonly string[];
  readonly runs: readonly ShaderRun[];
}

declare global {
  interface Window {
    /** Resolves to null where the browser has no adapter. */
    checkShaders?: () => Promise<ShaderReport | null>;
    /**
     * A tile of real GPUs, by index, compiled for every kind of product and run on one; null without it or an
     * adapter.
     */
    checkTile?: (index: number) => Promise<TileCheck | null>;
  }
}
