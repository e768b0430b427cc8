/** Means of the columns of `values` [count, columns], [columns]. */
export function columnMeans(values: Float32Array, columns: number): Float64Array {
  const means = new Float64Array(columns);
  const count = values.length / columns;
  for (let i = 0; i < values.length; i++) means[i % columns] += values[i] / count;
  return means;
}

/** Sample covariance (divided by count - 1) of the columns of `values` [count, columns], [columns, columns]. */
export function covariance(values: Float32Array, columns: number): Float64Array {
  const means = columnMeans(values, columns);
  const out = new Float64Array(columns * columns);
  const centred = new Float64Array(columns);
  for (let row = 0; row < values.length; row += columns) {
    for (let i = 0; i < columns; i++) centred[i] = values[row + i] - means[i];
    for (let i = 0; i < columns; i++)
      for (let j = 0; j <= i; j++) out[i * columns + j] += centred[i] * centred[j];
  }
  const degrees = values.length / columns - 1;
  for (let i = 0; i < columns; i++)
    for (let j = 0; j <= i; j++) {
      out[i * columns + j] /= degrees;
      out[j * columns + i] = out[i * columns + j];
    }
  return out;
}

/** Sample standard deviation of the columns of `values` [count, columns], [columns]. */
export function columnDeviations(values: Float32Array, columns: number): Float64Array {
  const means = columnMeans(values, columns);
  const squares = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) squares[i % columns] += (values[i] - means[i % columns]) ** 2;
  return squares.map((sum) => Math.sqrt(sum / (values.length / columns - 1)));
}
