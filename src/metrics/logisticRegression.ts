import { cholesky, solveCholesky } from './cholesky.ts';
import { columnDeviations, columnMeans } from './covariance.ts';
import type { Work } from './work.ts';

/** Pull of the weights to 0, on the mean loss: weak, but it keeps them finite where classes can be separated. */
const ridge = 1e-4;
const mostIterations = 50;
/** Newton's decrement at which the mean loss, in nats, is as good as least. */
const tolerance = 1e-9;

/** Tells the class, 0..classes-1, of each row of features [count, width]. */
export type LinearClassifier = (features: Float32Array) => Int32Array;

/**
 * Multinomial logistic regression on standardised features, with a weak ridge, by Newton's method with step halving;
 * deterministic. Meant for tens of features: a step solves a system of classes * (width + 1) unknowns.
 * Source: Hastie, Tibshirani & Friedman 2009, *The Elements of Statistical Learning*, section 4.4.
 *
 * @param features [count, width]
 * @param labels classes of the rows, 0..classes-1
 */
export async function fitLogisticRegression(
  features: Float32Array,
  width: number,
  labels: Int32Array,
  classes: number,
  work: Work,
): Promise<LinearClassifier> {
  const means = columnMeans(features, width);
  const deviations = columnDeviations(features, width);
  /** Rows of standardised features with a 1 at the end, for the intercept. */
  const design = (raw: Float32Array): Float64Array => {
    const count = raw.length / width;
    const rows = new Float64Array(count * (width + 1)).fill(1);
    for (let row = 0; row < count; row++)
      for (let i = 0; i < width; i++)
        rows[row * (width + 1) + i] = (raw[row * width + i] - means[i]) / (deviations[i] || 1);
    return rows;
  };

  const problem = { rows: design(features), columns: width + 1, labels, classes };
  let weights: Float64Array = new Float64Array(classes * (width + 1));
  let loss = lossOf(problem, weights);
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    await work.at(iteration / mostIterations);
    const { gradient, hessian } = derivatives(problem, weights);
    const lower = cholesky(hessian, weights.length);
    if (!lower) break;
    const step = solveCholesky(lower, gradient);
    const decrement = step.reduce((sum, value, i) => sum + value * gradient[i], 0);
    if (decrement < tolerance) break;
    let scale = 1;
    const moved = () => weights.map((value, i) => value - scale * step[i]);
    while (lossOf(problem, moved()) > loss - 0.1 * scale * decrement && scale > 1e-6) scale /= 2;
    weights = moved();
    loss = lossOf(problem, weights);
  }

  return (raw) => {
    const rows = design(raw);
    const logits = new Float64Array(classes);
    return Int32Array.from({ length: rows.length / (width + 1) }, (_, row) => {
      logitsOf(rows, row, width + 1, weights, logits);
      return logits.indexOf(Math.max(...logits));
    });
  };
}

interface Problem {
  readonly rows: Float64Array;
  readonly columns: number;
  readonly labels: Int32Array;
  readonly classes: number;
}

/** Mean cross-entropy in nats plus the ridge. */
function lossOf({ rows, columns, labels, classes }: Problem, weights: Float64Array): number {
  const logits = new Float64Array(classes);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    logitsOf(rows, row, columns, weights, logits);
    const greatest = Math.max(...logits);
    const total = logits.reduce((partial, logit) => partial + Math.exp(logit - greatest), 0);
    sum += greatest + Math.log(total) - logits[labels[row]];
  }
  return sum / labels.length + 0.5 * ridge * weights.reduce((partial, value) => partial + value * value, 0);
}

function derivatives(
  { rows, columns, labels, classes }: Problem,
  weights: Float64Array,
): { gradient: Float64Array; hessian: Float64Array } {
  const n = weights.length;
  const share = 1 / labels.length;
  const gradient = weights.map((value) => ridge * value);
  const hessian = new Float64Array(n * n);
  const p = new Float64Array(classes);
  for (let row = 0; row < labels.length; row++) {
    logitsOf(rows, row, columns, weights, p);
    softmax(p);
    const x = rows.subarray(row * columns, (row + 1) * columns);
    for (let a = 0; a < classes; a++) {
      const residual = (p[a] - (labels[row] === a ? 1 : 0)) * share;
      for (let i = 0; i < columns; i++) gradient[a * columns + i] += residual * x[i];
      for (let b = 0; b <= a; b++) {
        const curvature = p[a] * ((a === b ? 1 : 0) - p[b]) * share;
        for (let i = 0; i < columns; i++) {
          const at = (a * columns + i) * n + b * columns;
          for (let j = 0; j < columns; j++) hessian[at + j] += curvature * x[i] * x[j];
        }
      }
    }
  }
  // Cholesky reads the lower triangle only.
  for (let i = 0; i < n; i++) hessian[i * n + i] += ridge;
  return { gradient, hessian };
}

function logitsOf(
  rows: Float64Array,
  row: number,
  columns: number,
  weights: Float64Array,
  logits: Float64Array,
): void {
  for (let a = 0; a < logits.length; a++) {
    let sum = 0;
    for (let i = 0; i < columns; i++) sum += weights[a * columns + i] * rows[row * columns + i];
    logits[a] = sum;
  }
}

/** Logits to probabilities, in place. */
function softmax(values: Float64Array): void {
  const greatest = Math.max(...values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.exp(values[i] - greatest);
    sum += values[i];
  }
  for (let i = 0; i < values.length; i++) values[i] /= sum;
}
