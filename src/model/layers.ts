/** Kernel, stride and padding of every convolution (Kim & Mnih 2018, appendix A). */
export const kernelSize = 4;
export const stride = 2;
export const padding = 1;
/** Slope of a leaky ReLU on negative numbers. */
export const leakySlope = 0.2;

export type LayerKind = 'conv' | 'deconv' | 'dense';
export type Activation = 'none' | 'relu' | 'leakyRelu';

/** Slope of an activation on negative numbers; null for none. */
export function negativeSlope(activation: Activation): number | null {
  switch (activation) {
    case 'none':
      return null;
    case 'relu':
      return 0;
    case 'leakyRelu':
      return leakySlope;
  }
}

/** One layer of a network with all that is to be known of it, whatever computes it. */
export interface LayerSpec<Network extends string = string> {
  readonly network: Network;
  /** Name inside the network, e.g. "conv0". */
  readonly name: string;
  readonly kind: LayerKind;
  readonly inputs: number;
  readonly outputs: number;
  /** What follows the sums. */
  readonly activation: Activation;
  /** Equal parts that the outputs of a dense layer consist of, such as the means and the log variances of a code. */
  readonly heads: number;
  /** Height and width of the input picture of a convolution; 0 for a dense layer. */
  readonly inputSize: number;
  /** For a dense layer that reads or writes a picture flattened: that picture's side and channels. */
  readonly flattened?: {
    readonly side: 'inputs' | 'outputs';
    readonly size: number;
    readonly channels: number;
  };
  /** The side on which a convolution meets images of the data set. */
  readonly image?: 'inputs' | 'outputs';
}

/** As parameter names have it: "encoder.conv0". */
export function fullName({ network, name }: LayerSpec): string {
  return `${network}.${name}`;
}

/** Side of a convolution's output picture; 1 for a dense layer. */
export function outputSize({ kind, inputSize }: LayerSpec): number {
  switch (kind) {
    case 'conv':
      return inputSize / stride;
    case 'deconv':
      return inputSize * stride;
    case 'dense':
      return 1;
  }
}

/** Dimensions of what a layer puts out for one sample, channels last. */
export function outputDims(layer: LayerSpec): readonly number[] {
  const { kind, outputs, heads, flattened } = layer;
  if (kind !== 'dense') return [outputSize(layer), outputSize(layer), outputs];
  if (flattened?.side === 'outputs') return [flattened.size, flattened.size, flattened.channels];
  return heads > 1 ? [heads, outputs / heads] : [outputs];
}

/** Dimensions of what a layer takes for one sample, channels last. */
export function inputDims({ kind, inputs, inputSize, flattened }: LayerSpec): readonly number[] {
  if (kind !== 'dense') return [inputSize, inputSize, inputs];
  return flattened?.side === 'inputs' ? [flattened.size, flattened.size, flattened.channels] : [inputs];
}
