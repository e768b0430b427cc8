import { AppError } from '../errors.ts';
import { fullName, kernelSize, type LayerSpec } from './layers.ts';

export interface TensorSpec {
  /** PyTorch's name, e.g. "encoder.conv0.weight". */
  readonly name: string;
  /** PyTorch's shape: conv [out, in, kh, kw], transposed conv [in, out, kh, kw], dense [out, in], bias [out]. */
  readonly shape: readonly number[];
  readonly role: 'weight' | 'bias';
  readonly layer: LayerSpec;
}

/** Tensors by name, in the order of a model's parameters. */
export type NamedTensors = ReadonlyMap<string, NamedTensor>;
export interface NamedTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

function weightShape({ kind, inputs, outputs }: LayerSpec): number[] {
  switch (kind) {
    case 'conv':
      return [outputs, inputs, kernelSize, kernelSize];
    case 'deconv':
      return [inputs, outputs, kernelSize, kernelSize];
    case 'dense':
      return [outputs, inputs];
  }
}

/** The parameter tensors of some layers, weight before bias, in PyTorch's order. */
export function tensorsOf(layers: readonly LayerSpec[]): TensorSpec[] {
  return layers.flatMap((layer): TensorSpec[] => {
    const prefix = fullName(layer);
    return [
      { name: `${prefix}.weight`, shape: weightShape(layer), role: 'weight', layer },
      { name: `${prefix}.bias`, shape: [layer.outputs], role: 'bias', layer },
    ];
  });
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * The numbers of one tensor of these.
 * @throws AppError ParametersError where it is missing or of another shape.
 */
export function fittingTensor({ name, shape }: TensorSpec, tensors: NamedTensors): Float32Array {
  const given = tensors.get(name);
  if (given && given.shape.join() === shape.join() && given.data.length === sizeOf(shape)) return given.data;
  if (given) throw new AppError('ParametersError.shape', { name, shape, found: given.shape });
  throw new AppError('ParametersError.missing', { name, shape });
}
