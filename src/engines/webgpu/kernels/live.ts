import { rounds } from '../../../data/random/philox.ts';
import type { LiveValues } from '../../plan/device.ts';

/** The most numbers that may change from step to step. */
export const liveCapacity = 60;

/** The values of one step that may change while a run trains, as every kernel sees them in group 0. */
export const liveDeclaration = `struct Live {
  seed: u32,
  // What random numbers depend on beside the seed.
  draw: u32,
  metricsRow: u32,
  philoxRounds: u32,
  values: array<vec4f, ${liveCapacity / 4}>,
}
@group(0) @binding(0) var<uniform> live: Live;
`;

/** Size of Live in bytes. */
export const liveBytes = 16 + 4 * liveCapacity;
/** Distance between the Lives of consecutive steps: what WebGPU asks of a dynamic offset. */
export const liveStride = 256;

/** WGSL of value `index`. */
export function liveValue(index: number): string {
  return `live.values[${index >> 2}][${index & 3}]`;
}

/** Writes live values at byte `at` of `view`. */
export function writeLive(view: DataView, at: number, { seed, draw, metricsRow, values }: LiveValues): void {
  view.setUint32(at, seed, true);
  view.setUint32(at + 4, draw, true);
  view.setUint32(at + 8, metricsRow, true);
  view.setUint32(at + 12, rounds, true);
  for (let i = 0; i < values.length; i++) view.setFloat32(at + 16 + 4 * i, values[i], true);
}
