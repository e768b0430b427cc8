/**
 * Exponential smoothing as TensorBoard does it: each value is the mean of those before it, their weights falling by
 * `weight` a value (0 to below 1; 0 changes nothing), divided by the sum of weights so that the start is not drawn to 0.
 */
export function smooth(values: readonly number[], weight: number): number[] {
  let sum = 0;
  let weights = 0;
  return values.map((value) => {
    sum = sum * weight + value;
    weights = weights * weight + 1;
    return sum / weights;
  });
}
