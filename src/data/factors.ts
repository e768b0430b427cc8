/** Sizes are of factors, row-major: the last varies fastest. */

export function combinationCount(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

/** The factor values (whole numbers, one a factor) of the combination at a row-major index. */
export function factorsAt(index: number, sizes: readonly number[]): number[] {
  const values = new Array<number>(sizes.length);
  let rest = index;
  for (let factor = sizes.length - 1; factor >= 0; factor--) {
    values[factor] = rest % sizes[factor];
    rest = Math.floor(rest / sizes[factor]);
  }
  return values;
}
