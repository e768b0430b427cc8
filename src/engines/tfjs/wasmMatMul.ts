import * as tf from '@tensorflow/tfjs-core';
import type { Composition, KernelOutput } from './wasmComposition.ts';

/**
 * The product of two matrices, either transposed or not: the backend multiplies fast only as they are, so they are
 * turned round first. Stacks of matrices go to the backend's own kernel.
 */
export function matMul({ inputs, attrs, run, replaced, backend }: Composition): KernelOutput {
  const { a, b } = inputs;
  const { transposeA, transposeB } = attrs;
  if (a?.shape.length !== 2 || b?.shape.length !== 2 || !(transposeA || transposeB)) return replaced();
  const turn = (x: tf.TensorInfo) => run(tf.Transpose, { x }, { perm: [1, 0] });
  const left = transposeA ? turn(a) : a;
  const right = transposeB ? turn(b) : b;
  const product = run(tf.BatchMatMul, { a: left, b: right }, { transposeA: false, transposeB: false });
  if (left !== a) backend.disposeData(left.dataId);
  if (right !== b) backend.disposeData(right.dataId);
  return product;
}
