import * as tf from '@tensorflow/tfjs-core';
import type { Composition, KernelOutput } from './wasmComposition.ts';

/**
 * Cuts a tensor along its first axis, where every part is one piece of memory. The backend copies all of the tensor
 * once for every part, which for a vector of parameters took a tenth of a training step.
 */
export function split({ inputs: { x }, attrs, replaced, backend }: Composition): KernelOutput {
  const sizes = [attrs.numOrSizeSplits].flat(2).map(Number);
  // A number of equal parts, or a part whose size is left open (-1).
  const unsized = sizes.length === 1 || sizes.includes(-1);
  if (x?.dtype !== 'float32' || attrs.axis !== 0 || unsized) return replaced();
  const inRow = tf.util.sizeFromShape(x.shape.slice(1));
  let start = 0;
  return sizes.map((rows) => {
    const part = backend.makeOutput([rows, ...x.shape.slice(1)], x.dtype);
    const end = start + rows * inRow;
    // Views come after the output: memory that grows for it leaves earlier ones empty.
    backend.typedArrayFromHeap(part).set(backend.typedArrayFromHeap(x).subarray(start, end));
    start = end;
    return part;
  });
}
