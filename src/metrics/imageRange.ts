/** The images that measures draw from. A row of numbers names one: the values of its factors, or its number. */
export interface ImageRange {
  /** Values of each factor. */
  readonly factorSizes: readonly number[];
  /** How many there are to choose from of each number of a row. */
  readonly choices: readonly number[];
  /** The factors of each image, [images, factors], where images go by number; null where rows are factors. */
  readonly labels: Uint16Array | null;
}

/** All combinations of factors, once each. */
export function gridRange(factorSizes: readonly number[]): ImageRange {
  return { factorSizes, choices: factorSizes, labels: null };
}

/** The images there are, whatever their factors. `labels`: [images, factors] */
export function labelledRange(labels: Uint16Array, factorSizes: readonly number[]): ImageRange {
  return { factorSizes, choices: [labels.length / factorSizes.length], labels };
}

/** The factors of the images of these rows, [count, factors]. */
export function factorsOfRows({ labels, factorSizes }: ImageRange, rows: Int32Array): Int32Array {
  if (!labels) return rows;
  const width = factorSizes.length;
  const factors = new Int32Array(rows.length * width);
  rows.forEach((number, i) => {
    factors.set(labels.subarray(number * width, (number + 1) * width), i * width);
  });
  return factors;
}

const known = new WeakMap<Uint16Array, readonly (readonly Uint32Array[])[]>();

/** The numbers of the images that have a value of a factor, [factor][value]. */
export function imagesByValue(labels: Uint16Array, factorSizes: readonly number[]) {
  const found = known.get(labels) ?? listsOf(labels, factorSizes);
  known.set(labels, found);
  return found;
}

function listsOf(labels: Uint16Array, factorSizes: readonly number[]): Uint32Array[][] {
  const width = factorSizes.length;
  return factorSizes.map((size, factor) => {
    const lists: number[][] = Array.from({ length: size }, () => []);
    for (let at = factor; at < labels.length; at += width) lists[labels[at]].push((at - factor) / width);
    return lists.map((list) => Uint32Array.from(list));
  });
}
