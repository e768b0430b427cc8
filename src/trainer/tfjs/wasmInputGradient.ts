import * as tf from '@tensorflow/tfjs-core';
import { type Composition, sameForBothAxes } from './wasmComposition.ts';

/** The one geometry that the networks have; every other goes to the backend's own kernel. */
const kernelSize = 4;
const stride = 2;
const pad = 1;
/** Of the convolution that replaces it. */
const taps = 3;

/**
 * The gradient of a convolution in its input, which is the transposed convolution. dy [batch, height, width, out],
 * filter [4, 4, in, out] -> [batch, 2 height, 2 width, in].
 *
 * An output row 2 i + r meets the rows i - 1, i and i + 1 of dy only, by the kernel's rows 3, 1 and none where it is
 * even (r = 0), none, 2 and 0 where it is odd, and columns likewise. So a convolution of 3 x 3 gives the four parities
 * side by side as channels, and a transposition puts them in their places.
 */
export function inputGradient({ inputs, attrs, run, replaced, backend }: Composition): tf.TensorInfo {
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
  const values = parityFilter(backend.typedArrayFromHeap(filter), channels, outputs);
  const shape = [taps, taps, outputs, stride * stride * channels];
  const parities: tf.TensorInfo = {
    dataId: backend.write(values, shape, 'float32'),
    shape,
    dtype: 'float32',
  };
  const sideBySide = run(
    tf.Conv2D,
    { x: dy, filter: parities },
    { strides: 1, dilations: 1, pad: 1, dataFormat: 'NHWC' },
  );
  // From (row, column, row parity, rest) to (row, row parity, column, rest); depthToSpace itself is slow here.
  const [batch, dyHeight, dyWidth] = dy.shape;
  const x = { ...sideBySide, shape: [batch * dyHeight, dyWidth, stride, stride * channels] };
  const interleaved = run(tf.Transpose, { x }, { perm: [0, 2, 1, 3] });
  for (const { dataId } of [parities, sideBySide]) backend.disposeData(dataId);
  return { ...interleaved, shape: [batch, height, width, channels] };
}

/** The row (or column) of the kernel by which parity r meets tap t; undefined where they do not meet. */
const kernelRow: readonly (readonly (number | undefined)[])[] = [
  [3, 1, undefined],
  [undefined, 2, 0],
];

/** [4, 4, channels, outputs] -> [3, 3, outputs, (row parity, column parity, channels)]. */
function parityFilter(filter: ArrayLike<number>, channels: number, outputs: number): Float32Array {
  const values = new Float32Array(taps * taps * outputs * stride * stride * channels);
  let at = 0;
  for (let tapRow = 0; tapRow < taps; tapRow++)
    for (let tapColumn = 0; tapColumn < taps; tapColumn++)
      for (let output = 0; output < outputs; output++)
        for (const rows of kernelRow)
          for (const columns of kernelRow) {
            const row = rows[tapRow];
            const column = columns[tapColumn];
            if (row !== undefined && column !== undefined) {
              const start = (row * kernelSize + column) * channels * outputs + output;
              for (let channel = 0; channel < channels; channel++)
                values[at + channel] = filter[start + channel * outputs];
            }
            at += channels;
          }
  return values;
}
