import * as tf from '@tensorflow/tfjs-core';
import { type Composition, type KernelOutput, sameForBothAxes } from './wasmComposition.ts';

/** The one geometry that the networks have; every other goes to the backend's own kernel. */
const kernelSize = 4;
const stride = 2;
const pad = 1;
/** Rows (and columns) of the convolution that replaces it. */
const taps = 2;

/**
 * The gradient of a convolution in its input, which is the transposed convolution. dy [batch, height, width, out],
 * filter [4, 4, in, out] -> [batch, 2 height, 2 width, in].
 *
 * Rows j - 1 and j of dy meet in two output rows only: 2 j - 1, by rows 2 and 0 of the kernel, and 2 j, by its rows 3
 * and 1; columns likewise. So a convolution of 2 x 2 over every such pair, height + 1 of them with one row of zeros on
 * either side, gives four pixels side by side as channels, no product wasted but those of the outermost rows.
 */
export function inputGradient({ inputs, attrs, run, replaced, backend }: Composition): KernelOutput {
  const { dy, filter } = inputs;
  const [, height, width] = [attrs.inputShape].flat(2).map(Number);
  if (
    !dy ||
    !filter ||
    attrs.dataFormat !== 'NHWC' ||
    attrs.pad !== pad ||
    sameForBothAxes(attrs.strides) !== stride ||
    filter.shape[0] !== kernelSize ||
    filter.shape[1] !== kernelSize ||
    height !== dy.shape[1] * stride ||
    width !== dy.shape[2] * stride
  )
    return replaced();

  const [, , channels, outputs] = filter.shape;
  const values = pairFilter(backend.typedArrayFromHeap(filter), channels, outputs);
  const shape = [taps, taps, outputs, stride * stride * channels];
  const pairs: tf.TensorInfo = { dataId: backend.write(values, shape, 'float32'), shape, dtype: 'float32' };
  const sideBySide = run(
    tf.Conv2D,
    { x: dy, filter: pairs },
    { strides: 1, dilations: 1, pad: 1, dataFormat: 'NHWC' },
  );
  const result = backend.makeOutput([dy.shape[0], height, width, channels], 'float32');
  // Views come last: memory that grows for an output leaves earlier ones empty.
  const from = backend.typedArrayFromHeap(sideBySide);
  interleave(from, backend.typedArrayFromHeap(result), result.shape);
  for (const { dataId } of [pairs, sideBySide]) backend.disposeData(dataId);
  return result;
}

/** The row (or column) of the kernel that tap t meets, of the odd output row before a pair's even one, and of that. */
const kernelRow = [
  [2, 0],
  [3, 1],
] as const;

/** [4, 4, channels, outputs] -> [2, 2, outputs, (odd or even row, odd or even column, channels)]. */
function pairFilter(filter: ArrayLike<number>, channels: number, outputs: number): Float32Array {
  const values = new Float32Array(taps * taps * outputs * stride * stride * channels);
  let at = 0;
  for (let tapRow = 0; tapRow < taps; tapRow++)
    for (let tapColumn = 0; tapColumn < taps; tapColumn++)
      for (let output = 0; output < outputs; output++)
        for (const rows of kernelRow)
          for (const columns of kernelRow) {
            const start = (rows[tapRow] * kernelSize + columns[tapColumn]) * channels * outputs + output;
            for (let channel = 0; channel < channels; channel++)
              values[at++] = filter[start + channel * outputs];
          }
  return values;
}

type Numbers = ReturnType<Composition['backend']['typedArrayFromHeap']>;

/**
 * Puts the pixels of [batch, height / 2 + 1, width / 2 + 1, (odd or even row, odd or even column, channels)] where they
 * belong in `to`, [batch, height, width, channels], of which a row is a run of pairs without the outermost two pixels.
 */
function interleave(from: Numbers, to: Numbers, [batch, height, width, channels]: number[]): void {
  const pair = stride * channels;
  const across = width / stride + 1;
  const down = height / stride + 1;
  let row = -channels;
  for (let picture = 0; picture < batch; picture++)
    for (let y = 0; y < height; y++, row += width * channels) {
      const even = 1 - (y % stride);
      const pairs = ((picture * down + (y + 1 - even) / stride) * across * stride + even) * pair;
      for (let x = 0; x < across; x++) {
        const source = pairs + x * stride * pair;
        const target = row + x * pair;
        const first = x === 0 ? channels : 0;
        const end = x === across - 1 ? channels : pair;
        for (let k = first; k < end; k++) to[target + k] = from[source + k];
      }
    }
}
