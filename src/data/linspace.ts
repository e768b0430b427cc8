/** `count` values from `from` to `to`, both ends included; a single one is `alone`. */
export function linspace(from: number, to: number, count: number, alone = from): number[] {
  if (count === 1) return [alone];
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}
