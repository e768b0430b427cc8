/** One configuration with one choice of kernels. */
export interface ShaderRun {
  readonly config: string;
  readonly kernels: string;
  /** Metrics of the first steps, [steps, columns]; empty where shaders were compiled and not run. */
  readonly rows: readonly number[];
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
  }
}
