import type { RunConfig } from '../config/schema.ts';

export type Network = 'encoder' | 'decoder' | 'discriminator';
export type LayerKind = 'conv' | 'deconv' | 'dense';

/** Kernel, stride and padding of every convolution (Kim & Mnih 2018, appendix A). */
export const kernelSize = 4;
export const stride = 2;
export const padding = 1;
/** Slope of the discriminator's leaky ReLU on negative numbers. */
export const leakySlope = 0.2;

/** One layer of a network, its sizes and, for a convolution, the side of its input picture. */
export interface LayerSpec {
  readonly network: Network;
  /** Name inside the network, e.g. "conv0". */
  readonly name: string;
  readonly kind: LayerKind;
  readonly inputs: number;
  readonly outputs: number;
  /** Height and width of the input picture of a convolution; 0 for a dense layer. */
  readonly inputSize: number;
  /** For a dense layer that reads or writes a picture flattened: that picture's side and channels. */
  readonly flattened?: {
    readonly side: 'inputs' | 'outputs';
    readonly size: number;
    readonly channels: number;
  };
}

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

/** The layers of the three networks, in the order in which data flows through each. */
export function layersOf(config: RunConfig): LayerSpec[] {
  const { convWidths, denseWidth, latents, channels, imageSize } = config;
  const smallest = imageSize / stride ** convWidths.length;
  const deepest = convWidths[convWidths.length - 1];
  const flat = deepest * smallest * smallest;
  const picture = { size: smallest, channels: deepest };

  const dense = (network: Network, name: string, inputs: number, outputs: number): LayerSpec => ({
    network,
    name,
    kind: 'dense',
    inputs,
    outputs,
    inputSize: 0,
  });
  const encoder: LayerSpec[] = convWidths.map((outputs, i) => ({
    network: 'encoder',
    name: `conv${i}`,
    kind: 'conv',
    inputs: i === 0 ? channels : convWidths[i - 1],
    outputs,
    inputSize: imageSize / stride ** i,
  }));
  encoder.push(
    { ...dense('encoder', 'dense', flat, denseWidth), flattened: { side: 'inputs', ...picture } },
    dense('encoder', 'latent', denseWidth, 2 * latents),
  );

  const decoderWidths = [...convWidths.slice(0, -1).reverse(), channels];
  const decoder: LayerSpec[] = [
    dense('decoder', 'dense0', latents, denseWidth),
    { ...dense('decoder', 'dense1', denseWidth, flat), flattened: { side: 'outputs', ...picture } },
    ...decoderWidths.map(
      (outputs, i): LayerSpec => ({
        network: 'decoder',
        name: `deconv${i}`,
        kind: 'deconv',
        inputs: i === 0 ? deepest : decoderWidths[i - 1],
        outputs,
        inputSize: smallest * stride ** i,
      }),
    ),
  ];

  const { discriminatorWidth, discriminatorDepth } = config;
  const discriminator = Array.from({ length: discriminatorDepth }, (_, i) =>
    dense('discriminator', `dense${i}`, i === 0 ? latents : discriminatorWidth, discriminatorWidth),
  );
  discriminator.push(dense('discriminator', 'logits', discriminatorWidth, 2));
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
  return layersOf(config).flatMap((layer): TensorSpec[] => {
    const prefix = `${layer.network}.${layer.name}`;
    return [
      { name: `${prefix}.weight`, shape: weightShape(layer), role: 'weight', layer },
      { name: `${prefix}.bias`, shape: [layer.outputs], role: 'bias', layer },
    ];
  });
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
