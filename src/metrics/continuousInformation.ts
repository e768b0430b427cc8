/** Neighbours of its own class that set a value's neighbourhood. */
const neighbours = 3;

/**
 * Mutual information in nats of a continuous number and a class, by nearest neighbours: no bins, so neither their
 * number nor the range of the values limits what is found. 0 for independence, where it errs to both sides by a
 * few hundredths of a nat in a sample of 2 000; it is cut off at 0. Values whose class is met only once are left
 * out. Source: Ross 2014, "Mutual Information between Discrete and Continuous Data Sets", PLoS ONE 9(2): e87357,
 * in the form of scikit-learn's mutual_info_classif: I = psi(N) + psi(k) - <psi(N_class)> - <psi(m)>.
 *
 * @param values [count]
 * @param classes whole numbers from 0 to size - 1, [count]
 */
export function continuousInformation(values: Float32Array, classes: Int32Array, size: number): number {
  const members = Array.from({ length: size }, (): number[] => []);
  for (let i = 0; i < values.length; i++) members[classes[i]].push(values[i]);
  const kept = members.filter(({ length }) => length > 1).map((list) => Float32Array.from(list).sort());
  const all = Float32Array.from(kept.flatMap((list) => [...list])).sort();
  if (all.length === 0) return 0;
  let sum = 0;
  for (const own of kept) {
    const k = Math.min(neighbours, own.length - 1);
    const ofClass = digamma(k) - digamma(own.length);
    for (let i = 0; i < own.length; i++) {
      const radius = distanceOf(own, i, k);
      // Those nearer than the k-th neighbour of the class, and the value itself; where that lies at no distance,
      // all equal.
      const equal = radius === 0;
      const near = firstFrom(all, own[i] + radius, equal) - firstFrom(all, own[i] - radius, !equal);
      sum += ofClass - digamma(near);
    }
  }
  return Math.max(0, digamma(all.length) + sum / all.length);
}

/** The distance from one of sorted values to the k-th nearest of the others. */
function distanceOf(sorted: Float32Array, at: number, k: number): number {
  let [left, right, distance] = [at - 1, at + 1, 0];
  for (let found = 0; found < k; found++) {
    const below = left >= 0 ? sorted[at] - sorted[left] : Number.POSITIVE_INFINITY;
    const above = right < sorted.length ? sorted[right] - sorted[at] : Number.POSITIVE_INFINITY;
    distance = Math.min(below, above);
    if (below <= above) left--;
    else right++;
  }
  return distance;
}

/** Index of the first of sorted values at a limit or above it, or, with `beyond`, above it. */
function firstFrom(sorted: Float32Array, limit: number, beyond: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (beyond ? sorted[middle] > limit : sorted[middle] >= limit) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The logarithmic derivative of the gamma function at a whole number from 1 on. */
function digamma(n: number): number {
  let [x, sum] = [n, 0];
  for (; x < 6; x++) sum -= 1 / x;
  const square = 1 / (x * x);
  return sum + Math.log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252));
}
