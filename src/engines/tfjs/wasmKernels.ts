import * as tf from '@tensorflow/tfjs-core';
import { type ComposedKernel, composedKernel } from './wasmComposition.ts';
import { filterGradient } from './wasmFilterGradient.ts';
import { inputGradient } from './wasmInputGradient.ts';
import { matMul } from './wasmMatMul.ts';
import { split } from './wasmSplit.ts';
import { mean, sum } from './wasmSum.ts';

/**
 * tfjs-backend-wasm 4.22 lacks one kernel, the gradient of a convolution in its filter. Three that it has are
 * several times slower than what replaces them here: products of transposed matrices, the gradient of a convolution in
 * its input, which is the transposed convolution too, and cutting a tensor into parts. Two lose digits: sums and means.
 */
const composed: readonly [string, ComposedKernel][] = [
  [tf.Conv2DBackpropFilter, filterGradient],
  [tf.Conv2DBackpropInput, inputGradient],
  [tf.BatchMatMul, matMul],
  [tf.SplitV, split],
  [tf.Sum, sum],
  [tf.Mean, mean],
];
let registered = false;

/** Registers the composed kernels, once; before the backend starts, which sets up those that they replace. */
export function registerWasmKernels(): void {
  if (registered) return;
  registered = true;
  const existing = new Map(tf.getKernelsForBackend('wasm').map((kernel) => [kernel.kernelName, kernel]));
  for (const [name, compose] of composed) {
    const original = existing.get(name);
    if (original) tf.unregisterKernel(name, 'wasm');
    tf.registerKernel(composedKernel(name, compose, original));
  }
}
