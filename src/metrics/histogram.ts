/**
 * The bin of each value in a histogram of equal bins from the least to the greatest value, 0..bins-1. A value on an
 * edge belongs to the bin above it, the greatest to the last; values that are all equal fall into one bin.
 * Source: disentanglement_lib, evaluation/metrics/utils.py, histogram discretizer (numpy's histogram and digitize).
 */
export function histogramBins(values: Float32Array, bins: number): Int32Array {
  const out = new Int32Array(values.length);
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const greatest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const width = (greatest - least) / bins;
  if (!(width > 0)) return out;
  const edges = Float64Array.from({ length: bins }, (_, i) => least + i * width);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    let bin = Math.min(bins - 1, Math.floor((value - least) / width));
    // Rounding in the division can miss an edge by one bin; the edges decide.
    while (bin > 0 && value < edges[bin]) bin--;
    while (bin < bins - 1 && value >= edges[bin + 1]) bin++;
    out[i] = bin;
  }
  return out;
}
