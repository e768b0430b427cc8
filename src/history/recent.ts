/**
 * What is shown as a number is the mean of so many of the latest steps: one batch alone jumps about. Early in a
 * run, when values change fast, fewer: the number must not lag behind its curve.
 */
export function recentSteps(count: number): number {
  return Math.min(32, Math.max(1, Math.ceil(count / 20)));
}

/** Mean of a column over the latest steps as they were at a step. */
export function recentMeanAt(
  history: { summary(column: string, from: number, to: number): { readonly mean: number } },
  column: string,
  step: number,
): number {
  return history.summary(column, step - recentSteps(step), step).mean;
}
