/**
 * Everything random in one iteration: the slots that writePlan.ts draws. Those of critic steps follow one another.
 */
export type IterationInputs = {
  /** [critic steps, batch, height, width, channels], in [0, 1]. */
  readonly images: Float32Array;
  /** What generators are given: [critic steps, batch, codes + categories + noise]. */
  readonly criticInput: Float32Array;
  /** Share of the real image where a gradient is penalised: [critic steps, batch]. */
  readonly mix: Float32Array;
  /** [batch, codes + categories + noise] */
  readonly generatorInput: Float32Array;
};
