/** So many values from -reach to reach, both included. */
export function traversalValues(count: number, reach: number): number[] {
  return Array.from({ length: count }, (_, i) => -reach + (2 * reach * i) / (count - 1));
}

/** A row of pictures: one latent takes these values, and the others stay. */
export interface Row {
  readonly latent: number;
  readonly values: readonly number[];
}

/** The codes of rows that all start from one code, row by row, [all rows' values, latents]. */
export function rowCodes(base: Float32Array, rows: readonly Row[]): Float32Array<ArrayBuffer> {
  const count = rows.reduce((sum, { values }) => sum + values.length, 0);
  const codes = new Float32Array(count * base.length);
  let at = 0;
  for (const { latent, values } of rows)
    for (const value of values) {
      codes.set(base, at);
      codes[at + latent] = value;
      at += base.length;
    }
  return codes;
}
