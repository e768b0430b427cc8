/** A number as a person would type it: 0.0005, 1e-5, 35. */
export function formatSetting(value: number): string {
  const rounded = Number(value.toPrecision(6));
  return rounded !== 0 && Math.abs(rounded) < 1e-4 ? rounded.toExponential() : String(rounded);
}
