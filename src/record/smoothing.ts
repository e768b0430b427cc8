import type { PlacedPoint } from './curve.ts';

/**
 * Exponential smoothing by steps, not by points, so that a curve is smoothed the same however often it was
 * recorded. With the recorded points joined by straight lines v(s), the smoothed value at step t is
 *
 *     mean of v(s) over all s from the first point to t, weighted by exp(-(t - s) / steps),
 *
 * so a value counts for 1/e of a new one after `steps` steps. The weights are divided by their sum, so that the
 * start is not drawn to 0. Nothing is smoothed for 0 steps. The integral between two points is exact. No result
 * lies outside the values before it, and none overflows.
 *
 * @param points in the order of their steps
 * @param steps the length of the smoothing, in steps of training
 */
export function smooth(points: readonly Pick<PlacedPoint, 'step' | 'mean'>[], steps: number): number[] {
  if (!(steps > 0)) return points.map(({ mean }) => mean);
  let weight = 0;
  let mean = 0;
  return points.map(({ step, mean: value }, i) => {
    if (i === 0) {
      mean = value;
      return mean;
    }
    const before = points[i - 1];
    const distance = (step - before.step) / steps;
    // Shares of the stretch between both points: all of it, and what falls to the value at its end.
    const whole = -Math.expm1(-distance);
    const atEnd = shareOfEnd(distance);
    const kept = weight * (1 - whole);
    weight = kept + whole;
    if (weight > 0) {
      const drawn =
        mean * (kept / weight) + before.mean * ((whole - atEnd) / weight) + value * (atEnd / weight);
      mean = clamp(drawn, Math.min(mean, before.mean, value), Math.max(mean, before.mean, value));
    }
    return mean;
  });
}

/** The integral of exp(-(d - s)) s / d over s from 0 to d. */
function shareOfEnd(distance: number): number {
  // The difference of two nearly equal numbers: its series instead.
  if (distance < 1e-3) return distance / 2 - distance ** 2 / 6 + distance ** 3 / 24;
  return 1 + Math.expm1(-distance) / distance;
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
