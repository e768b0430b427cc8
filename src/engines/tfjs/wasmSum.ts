import * as tf from '@tensorflow/tfjs-core';
import type { Composition, KernelOutput } from './wasmComposition.ts';

/**
 * Sums and means over any axes. The backend adds numbers one by one in single precision: over the 12 288 numbers of a
 * picture of 64 x 64 in colour that loses the fifth digit, and over the rows of a bias's gradient more. Here they are
 * added in double precision and rounded once. Whole numbers and truth values go to the backend's own kernels.
 */
export function sum(composition: Composition): KernelOutput {
  return reduce(composition, () => 1);
}

export function mean(composition: Composition): KernelOutput {
  return reduce(composition, (count) => 1 / count);
}

/** Sums times a factor that depends on how many numbers each has. */
function reduce(composition: Composition, factorOf: (count: number) => number): KernelOutput {
  const { inputs, attrs, run, replaced, backend } = composition;
  const { x } = inputs;
  if (x?.dtype !== 'float32') return replaced();
  const axes = axesOf(attrs.axis, x.shape);
  const [outShape, reducedShape] = tf.backend_util.computeOutAndReduceShapes(x.shape, axes);
  const count = tf.util.sizeFromShape(reducedShape);

  // Axes that do not lie side by side are brought together at the end.
  const apart = axes.some((axis, i) => axis !== axes[0] + i);
  const kept = x.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const source = apart ? run(tf.Transpose, { x }, { perm: [...kept, ...axes] }) : x;
  const inner = apart ? 1 : tf.util.sizeFromShape(x.shape.slice((axes.at(-1) ?? -1) + 1));

  const shape = attrs.keepDims ? tf.backend_util.expandShapeToKeepDim(outShape, axes) : outShape;
  const out = backend.makeOutput(shape, x.dtype);
  // Views come after the output: memory that grows for it leaves earlier ones empty.
  const results = backend.typedArrayFromHeap(out);
  const values = backend.typedArrayFromHeap(source);
  if (inner === 1) sumRows(values, results, count, factorOf(count));
  else sumColumns(values, results, count, inner, factorOf(count));
  if (apart) backend.disposeData(source.dataId);
  return out;
}

/** The axes to sum over, rising; where none is said, all. */
function axesOf(attribute: tf.Attribute | undefined, shape: number[]): number[] {
  if (attribute === null || attribute === undefined) return shape.map((_, axis) => axis);
  return tf.util.parseAxisParam([attribute].flat(2).map(Number), shape).sort((a, b) => a - b);
}

type Numbers = ReturnType<Composition['backend']['typedArrayFromHeap']>;

/** [results, count] -> [results] */
function sumRows(values: Numbers, results: Numbers, count: number, factor: number): void {
  for (let row = 0, at = 0; row < results.length; row++) {
    let total = 0;
    for (const end = at + count; at < end; at++) total += values[at];
    results[row] = total * factor;
  }
}

/** [blocks, count, inner] -> [blocks, inner] */
function sumColumns(values: Numbers, results: Numbers, count: number, inner: number, factor: number): void {
  const totals = new Float64Array(inner);
  for (let block = 0, at = 0; block < results.length; block += inner) {
    totals.fill(0);
    for (let row = 0; row < count; row++)
      for (let column = 0; column < inner; column++, at++) totals[column] += values[at];
    for (let column = 0; column < inner; column++) results[block + column] = totals[column] * factor;
  }
}
