/**
 * What is shown as a number is the mean of so many of the latest steps: one batch alone jumps about. Early in a
 * run, when values change fast, fewer: the number must not lag behind its curve.
 */
export function recentSteps(count: number): number {
  return Math.min(32, Math.max(1, Math.ceil(count / 20)));
}
