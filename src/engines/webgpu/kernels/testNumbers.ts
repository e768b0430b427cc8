/** A repeatable stream of reals in [-1, 1), for tests. */
export function noise(length: number, seed: number): Float32Array<ArrayBuffer> {
  let state = (Math.imul(seed, 2654435761) + 1) >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}

/** Rows of `width` numbers, each followed by zeros up to `full`. */
export function padRows(numbers: ArrayLike<number>, width: number, full: number): Float32Array<ArrayBuffer> {
  const padded = new Float32Array((numbers.length / width) * full);
  for (let i = 0; i < numbers.length; i++) padded[Math.floor(i / width) * full + (i % width)] = numbers[i];
  return padded;
}

/** Numbers no kernel may leave behind. */
export function poison(length: number): Float32Array<ArrayBuffer> {
  return new Float32Array(length).fill(Number.NaN);
}

/** The largest |difference|; infinite where a number is missing or NaN. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const error = Math.abs(actual[i] - expected[i]);
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error);
  }
  return worst;
}
