import { live, liveDraw, liveMetricsRow, liveSeed, liveValues } from './records';

function values(): usize {
  return <usize>load<u32>(live);
}

export function seed(): u32 {
  return load<u32>(values() + liveSeed);
}

/** What random numbers depend on beside the seed and their stream. */
export function drawNumber(): u32 {
  return load<u32>(values() + liveDraw);
}

export function metricsRow(): i32 {
  return load<i32>(values() + liveMetricsRow);
}

export function liveValue(index: i32): f64 {
  return load<f64>(values() + liveValues + ((<usize>index) << 3));
}
