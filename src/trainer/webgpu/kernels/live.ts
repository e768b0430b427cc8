import { rounds } from '../../../data/philox.ts';

/** The values of one step that may change while a run trains, as every kernel sees them in group 0. */
export const liveDeclaration = `struct Live {
  seed: u32,
  step: u32,
  metricsRow: u32,
  philoxRounds: u32,
  gamma: f32,
  beta: f32,
  // Adam: learning rate / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
  vaeRate: f32,
  vaeCorrection: f32,
  discriminatorRate: f32,
  discriminatorCorrection: f32,
  spare2: vec2f,
}
@group(0) @binding(0) var<uniform> live: Live;
`;

/** Size of Live in bytes. */
export const liveBytes = 48;
/** Distance between the Lives of consecutive steps: what WebGPU asks of a dynamic offset. */
export const liveStride = 256;

export interface Live {
  readonly seed: number;
  readonly step: number;
  readonly metricsRow: number;
  readonly gamma: number;
  readonly beta: number;
  readonly vaeRate: number;
  readonly vaeCorrection: number;
  readonly discriminatorRate: number;
  readonly discriminatorCorrection: number;
}

/** Writes a Live at byte `at` of `view`. */
export function writeLive(view: DataView, at: number, live: Live): void {
  view.setUint32(at, live.seed, true);
  view.setUint32(at + 4, live.step, true);
  view.setUint32(at + 8, live.metricsRow, true);
  view.setUint32(at + 12, rounds, true);
  view.setFloat32(at + 16, live.gamma, true);
  view.setFloat32(at + 20, live.beta, true);
  view.setFloat32(at + 24, live.vaeRate, true);
  view.setFloat32(at + 28, live.vaeCorrection, true);
  view.setFloat32(at + 32, live.discriminatorRate, true);
  view.setFloat32(at + 36, live.discriminatorCorrection, true);
}
