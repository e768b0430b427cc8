import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { AppError } from '../../errors.ts';

/** What a composed kernel is given: its arguments, and the kernels it may use. */
export interface Composition {
  readonly backend: BackendWasm;
  readonly inputs: tf.NamedTensorInfoMap;
  readonly attrs: tf.NamedAttrMap;
  /** Runs one of the backend's kernels; the caller frees the result. */
  readonly run: (kernel: string, inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap) => tf.TensorInfo;
  /** Runs the kernel that this one stands in for. */
  readonly replaced: () => KernelOutput;
}
export type KernelOutput = ReturnType<tf.KernelFunc>;
export type ComposedKernel = (composition: Composition) => KernelOutput;

/** A kernel for the wasm backend, composed of others; `original` is the backend's own, where it has one. */
export function composedKernel(
  kernelName: string,
  compose: ComposedKernel,
  original: tf.KernelConfig | undefined,
): tf.KernelConfig {
  const kernelFunc: tf.KernelFunc = (given) => {
    const { backend, inputs, attrs = {} } = given;
    if (!(backend instanceof BackendWasm))
      throw new AppError('WasmKernelError.elsewhere', { kernel: kernelName });
    const single = (output: tf.TensorInfo | tf.TensorInfo[]) => {
      if (Array.isArray(output)) throw new AppError('WasmKernelError.severalTensors', { kernel: kernelName });
      return output;
    };
    return compose({
      backend,
      inputs,
      attrs,
      run: (kernel, kernelInputs, kernelAttrs) =>
        single(
          tf.getKernel(kernel, 'wasm').kernelFunc({ inputs: kernelInputs, attrs: kernelAttrs, backend }),
        ),
      replaced: () => {
        if (!original) throw new AppError('WasmKernelError.missing', { kernel: kernelName });
        return original.kernelFunc(given);
      },
    });
  };
  return { ...original, kernelName, backendName: 'wasm', kernelFunc };
}

/** An attribute that is a number, or the same number for height and width; undefined otherwise. */
export function sameForBothAxes(attribute: tf.Attribute): number | undefined {
  const [height, width = height] = [attribute].flat(2);
  return typeof height === 'number' && height === width ? height : undefined;
}
