import type { RunConfig } from '../config/schema.ts';
import { AppError } from '../errors.ts';
import { type Activation, fullName, kernelSize, type LayerSpec, stride } from './layers.ts';

export type Network = 'encoder' | 'decoder' | 'discriminator';

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

type NetworkLayer = LayerSpec<Network>;

/** The layers of the three networks, in the order in which data flows through each. */
export function layersOf(config: RunConfig): NetworkLayer[] {
  const { convWidths, denseWidth, latents, channels, imageSize } = config;
  const smallest = imageSize / stride ** convWidths.length;
  const deepest = convWidths[convWidths.length - 1];
  const flat = deepest * smallest * smallest;
  const picture = { size: smallest, channels: deepest };

  const dense = (
    network: Network,
    name: string,
    inputs: number,
    outputs: number,
    activation: Activation,
  ): NetworkLayer => ({
    network,
    name,
    kind: 'dense',
    inputs,
    outputs,
    activation,
    heads: 1,
    inputSize: 0,
  });
  const encoder: NetworkLayer[] = convWidths.map((outputs, i) => ({
    network: 'encoder',
    name: `conv${i}`,
    kind: 'conv',
    inputs: i === 0 ? channels : convWidths[i - 1],
    outputs,
    activation: 'relu',
    heads: 1,
    inputSize: imageSize / stride ** i,
    ...(i === 0 ? { image: 'inputs' } : {}),
  }));
  encoder.push(
    { ...dense('encoder', 'dense', flat, denseWidth, 'relu'), flattened: { side: 'inputs', ...picture } },
    // Means, then log variances.
    { ...dense('encoder', 'latent', denseWidth, 2 * latents, 'none'), heads: 2 },
  );

  const decoderWidths = [...convWidths.slice(0, -1).reverse(), channels];
  const decoder: NetworkLayer[] = [
    dense('decoder', 'dense0', latents, denseWidth, 'relu'),
    { ...dense('decoder', 'dense1', denseWidth, flat, 'relu'), flattened: { side: 'outputs', ...picture } },
    ...decoderWidths.map((outputs, i): NetworkLayer => {
      const isLast = i === decoderWidths.length - 1;
      return {
        network: 'decoder',
        name: `deconv${i}`,
        kind: 'deconv',
        inputs: i === 0 ? deepest : decoderWidths[i - 1],
        outputs,
        activation: isLast ? 'none' : 'relu',
        heads: 1,
        inputSize: smallest * stride ** i,
        ...(isLast ? { image: 'outputs' } : {}),
      };
    }),
  ];

  const { discriminatorWidth, discriminatorDepth } = config;
  const discriminator = Array.from({ length: discriminatorDepth }, (_, i) =>
    dense(
      'discriminator',
      `dense${i}`,
      i === 0 ? latents : discriminatorWidth,
      discriminatorWidth,
      'leakyRelu',
    ),
  );
  discriminator.push(dense('discriminator', 'logits', discriminatorWidth, 2, 'none'));
  return [...encoder, ...decoder, ...discriminator];
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

/** Every parameter tensor of a run, weight before bias, in PyTorch's order. */
export function tensorSpecs(config: RunConfig): TensorSpec[] {
  return tensorsOf(layersOf(config));
}

/** The parameter tensors of some layers, weight before bias. */
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
