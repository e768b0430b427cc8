/**
 * Everything random in one iteration, by the names of the slots that writePlan.ts draws. What critic steps draw
 * lies one behind the other.
 */
export type IterationInputs = {
  /** [critic steps, batch, height, width, channels], in [0, 1]. */
  readonly images: Float32Array;
  /** What the generator is given in critic steps: [critic steps, batch, codes + categories + noise]. */
  readonly criticInput: Float32Array;
  /** Share of the real image where a gradient is penalised: [critic steps, batch]. */
  readonly mix: Float32Array;
  /** What it is given in the generator step: [batch, codes + categories + noise]. */
  readonly generatorInput: Float32Array;
};
