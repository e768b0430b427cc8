import * as tf from '@tensorflow/tfjs-core';
import { AppError } from '../../errors.ts';
import { type Composition, sameForBothAxes } from './wasmComposition.ts';

/**
 * The gradient of a convolution in its filter. x [batch, height, width, in], dy [batch, outHeight, outWidth, out]
 * -> [kernelHeight, kernelWidth, in, out].
 *
 *   dFilter[u, v, i, o] = sum over b, p, q of x[b, stride * p + u - pad, stride * q + v - pad, i] * dy[b, p, q, o]
 *
 * is itself a convolution: its batch are the input channels i, its channels the batch b, its filter is dy, and its
 * dilation is the stride.
 * @throws AppError WasmKernelError for a geometry that the trainer never asks for: channels first, padding by name,
 * unequal strides.
 */
export function filterGradient({ inputs: { x, dy }, attrs, run, backend }: Composition): tf.TensorInfo {
  const kernel = { kernel: tf.Conv2DBackpropFilter };
  const { pad } = attrs;
  const stride = sameForBothAxes(attrs.strides);
  const kernelSizes = [attrs.filterShape].flat(2).map(Number);
  if (!x || !dy) throw new AppError('WasmKernelError.noInput', kernel);
  if (attrs.dataFormat !== 'NHWC') throw new AppError('WasmKernelError.channels', kernel);
  if (typeof pad !== 'number') throw new AppError('WasmKernelError.padding', kernel);
  if (!stride) throw new AppError('WasmKernelError.strides', kernel);
  const paddings = [0, 1].map((axis) => {
    // What the convolution leaves at the far edge, where the stride does not divide, must be left here too.
    const far = kernelSizes[axis] + (dy.shape[1 + axis] - 1) * stride - x.shape[1 + axis] - pad;
    if (far < 0) throw new AppError('WasmKernelError.unreadRows', kernel);
    return [pad, far];
  });

  const channelsAsBatch = run(tf.Transpose, { x }, { perm: [3, 1, 2, 0] });
  const gradientAsFilter = run(tf.Transpose, { x: dy }, { perm: [1, 2, 0, 3] });
  const correlated = run(
    tf.Conv2D,
    { x: channelsAsBatch, filter: gradientAsFilter },
    { strides: 1, dilations: stride, pad: [[0, 0], ...paddings, [0, 0]], dataFormat: 'NHWC' },
  );
  const result = run(tf.Transpose, { x: correlated }, { perm: [1, 2, 0, 3] });
  for (const { dataId } of [channelsAsBatch, gradientAsFilter, correlated]) backend.disposeData(dataId);
  return result;
}
