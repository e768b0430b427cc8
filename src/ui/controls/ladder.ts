/** The next value of the ladder 1, 2, 5, 10, ... above or below, with 0 at its foot. */
export function ladderStep(value: number, direction: 1 | -1): number {
  if (value <= 0) return direction > 0 ? 1e-6 : 0;
  const power = Math.floor(Math.log10(value) + 1e-9);
  const rungs = [-1, 0, 1].flatMap((p) =>
    [1, 2, 5].map((m) => Number((m * 10 ** (power + p)).toPrecision(1))),
  );
  const next =
    direction > 0
      ? rungs.find((rung) => rung > value * (1 + 1e-9))
      : rungs.findLast((rung) => rung < value * (1 - 1e-9));
  return next === undefined || next < 1e-6 ? 0 : next;
}
