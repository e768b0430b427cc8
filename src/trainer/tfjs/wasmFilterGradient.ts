import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { AppError } from '../../errors.ts';

/**
 * tfjs-backend-wasm 4.22 has no Conv2DBackpropFilter, the gradient of a convolution in its filter. Composed here of
 * kernels that it has:
 *
 *   dFilter[u, v, i, o] = sum over b, p, q of x[b, stride * p + u - pad, stride * q + v - pad, i] * dy[b, p, q, o]
 *
 * is itself a convolution: its batch are the input channels i, its channels the batch b, its filter is dy, and its
 * dilation is the stride.
 */

type KernelArguments = Parameters<tf.KernelFunc>[0];

/** Registers the kernel unless it is there. */
export function registerWasmFilterGradient(): void {
  if (tf.getKernelsForBackend('wasm').some(({ kernelName }) => kernelName === tf.Conv2DBackpropFilter))
    return;
  tf.registerKernel({
    kernelName: tf.Conv2DBackpropFilter,
    backendName: 'wasm',
    kernelFunc: filterGradient,
  });
}

/**
 * x [batch, height, width, in], dy [batch, outHeight, outWidth, out] -> [kernelHeight, kernelWidth, in, out].
 * @throws AppError WasmKernelError for a geometry that the trainer never asks for: channels first, padding by name,
 * unequal strides.
 */
function filterGradient({ inputs: { x, dy }, attrs, backend }: KernelArguments): tf.TensorInfo {
  if (!(backend instanceof BackendWasm) || !x || !dy || !attrs)
    throw unsupported('its arguments are not wasm tensors');
  const { stride, pad, filterShape } = geometryOf(attrs);
  const paddings = [0, 1].map((axis) => {
    // What the convolution leaves at the far edge, where the stride does not divide, must be left here too.
    const far = filterShape[axis] + (dy.shape[1 + axis] - 1) * stride - x.shape[1 + axis] - pad;
    if (far < 0) throw unsupported('rows of its input are never read');
    return [pad, far];
  });

  const run = (
    kernelName: string,
    inputs: tf.NamedTensorInfoMap,
    options: tf.NamedAttrMap,
  ): tf.TensorInfo => {
    const output = tf.getKernel(kernelName, 'wasm').kernelFunc({ inputs, attrs: options, backend });
    if (Array.isArray(output)) throw unsupported(`${kernelName} gave several tensors`);
    return output;
  };
  const channelsAsBatch = run(tf.Transpose, { x }, { perm: [3, 1, 2, 0] });
  const gradientAsFilter = run(tf.Transpose, { x: dy }, { perm: [1, 2, 0, 3] });
  const correlated = run(
    tf.Conv2D,
    { x: channelsAsBatch, filter: gradientAsFilter },
    {
      strides: 1,
      dilations: stride,
      pad: [[0, 0], ...paddings, [0, 0]],
      dataFormat: 'NHWC',
    },
  );
  const result = run(tf.Transpose, { x: correlated }, { perm: [1, 2, 0, 3] });
  for (const { dataId } of [channelsAsBatch, gradientAsFilter, correlated]) backend.disposeData(dataId);
  return result;
}

function geometryOf({ strides, pad, dataFormat, filterShape }: tf.NamedAttrMap) {
  const numbers = (value: tf.Attribute) => [value].flat(2).map(Number);
  const [stride, other = stride] = numbers(strides);
  if (dataFormat !== 'NHWC') throw unsupported('channels must come last');
  if (typeof pad !== 'number') throw unsupported('padding must be a number');
  if (stride !== other) throw unsupported('strides must be equal');
  return { stride, pad, filterShape: numbers(filterShape) };
}

function unsupported(why: string): AppError {
  return new AppError('WasmKernelError', `The wasm backend cannot compute this filter gradient: ${why}.`);
}
