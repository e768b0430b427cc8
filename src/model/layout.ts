import { kernelSize } from './layers.ts';
import { sizeOf, type TensorSpec } from './parameters.ts';

/**
 * Files hold PyTorch's layouts (channels first); the trainers compute with channels last:
 * conv [kh, kw, in, out], transposed conv [kh, kw, out, in], dense [in, out], and pictures flattened as
 * (height, width, channel) instead of (channel, height, width). Each layout is a reordering of the other's numbers.
 */

/** Shape of a tensor in the trainers' layout. */
export function channelsLastShape({ shape, role, layer }: TensorSpec): number[] {
  if (role === 'bias') return [...shape];
  switch (layer.kind) {
    case 'conv':
      return [kernelSize, kernelSize, layer.inputs, layer.outputs];
    case 'deconv':
      return [kernelSize, kernelSize, layer.outputs, layer.inputs];
    case 'dense':
      return [layer.inputs, layer.outputs];
  }
}

/** For each number of the trainers' layout, its index in PyTorch's. */
export function channelsLastOrder(spec: TensorSpec): Uint32Array {
  const order = new Uint32Array(sizeOf(spec.shape));
  const { layer, role } = spec;
  const { inputs, outputs } = layer;
  const taps = kernelSize * kernelSize;
  const torchUnit = pictureOrder(spec);
  let at = 0;
  if (role === 'bias') {
    for (let out = 0; out < outputs; out++)
      order[at++] = layer.flattened?.side === 'outputs' ? torchUnit(out) : out;
  } else if (layer.kind === 'dense') {
    for (let input = 0; input < inputs; input++) {
      const torchIn = layer.flattened?.side === 'inputs' ? torchUnit(input) : input;
      for (let out = 0; out < outputs; out++) {
        const torchOut = layer.flattened?.side === 'outputs' ? torchUnit(out) : out;
        order[at++] = torchOut * inputs + torchIn;
      }
    }
  } else {
    // Convolutions and their transposes alike: [a, b, kh, kw] becomes [kh, kw, b, a].
    const [a, b] = spec.shape;
    for (let tap = 0; tap < taps; tap++)
      for (let j = 0; j < b; j++) for (let i = 0; i < a; i++) order[at++] = (i * b + j) * taps + tap;
  }
  return order;
}

/** Maps a unit of a flattened picture from (height, width, channel) to (channel, height, width) order. */
function pictureOrder({ layer }: TensorSpec): (unit: number) => number {
  const flattened = layer.flattened;
  if (!flattened) return (unit) => unit;
  const pixels = flattened.size * flattened.size;
  return (unit) => (unit % flattened.channels) * pixels + Math.floor(unit / flattened.channels);
}

export function toChannelsLast(spec: TensorSpec, torch: Float32Array): Float32Array {
  const order = channelsLastOrder(spec);
  const channelsLast = new Float32Array(order.length);
  for (let at = 0; at < order.length; at++) channelsLast[at] = torch[order[at]];
  return channelsLast;
}

export function fromChannelsLast(spec: TensorSpec, channelsLast: Float32Array): Float32Array {
  const torch = new Float32Array(channelsLast.length);
  const order = channelsLastOrder(spec);
  for (let at = 0; at < order.length; at++) torch[order[at]] = channelsLast[at];
  return torch;
}
