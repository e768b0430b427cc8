/** The greatest score less the second greatest; a lone score has a second of 0. */
export function topTwoGap(scores: readonly number[]): number {
  const [first, second = 0] = scores.toSorted((a, b) => b - a);
  return first - second;
}
