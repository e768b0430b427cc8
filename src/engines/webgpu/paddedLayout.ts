import { kernelSize, type LayerSpec } from '../../model/layers.ts';
import { channelsLastOrder } from '../../model/layout.ts';
import { sizeOf, type TensorSpec } from '../../model/parameters.ts';

/**
 * Inside the plan every width is rounded up to a multiple of four, so that kernels read four channels at a time. The
 * additional weights are zero and stay zero: their units put out 0 and receive no gradient. Only the channels of the
 * images keep their number, since rounding 1 up to 4 would cost more than it saves.
 */
export function padded(width: number): number {
  return Math.ceil(width / 4) * 4;
}

/** The two sides of a layer as (true, padded) dimensions, outermost first. */
interface Side {
  readonly dims: readonly number[];
  readonly padded: readonly number[];
}

function flattenedSide({ size, channels }: NonNullable<LayerSpec['flattened']>): Side {
  return { dims: [size * size, channels], padded: [size * size, padded(channels)] };
}

function exactSide(width: number): Side {
  return { dims: [width], padded: [width] };
}

function plainSide(width: number): Side {
  return { dims: [width], padded: [padded(width)] };
}

function inputSide(layer: LayerSpec): Side {
  if (layer.flattened?.side === 'inputs') return flattenedSide(layer.flattened);
  return layer.image === 'inputs' ? exactSide(layer.inputs) : plainSide(layer.inputs);
}

function outputSide(layer: LayerSpec): Side {
  const { flattened, image, heads, outputs } = layer;
  if (flattened?.side === 'outputs') return flattenedSide(flattened);
  if (image === 'outputs') return exactSide(outputs);
  const each = outputs / heads;
  return heads === 1 ? plainSide(outputs) : { dims: [heads, each], padded: [heads, padded(each)] };
}

/** Widths of a layer as the plan computes with them. */
export interface PaddedWidths {
  readonly inputs: number;
  readonly outputs: number;
}

export function paddedWidths(layer: LayerSpec): PaddedWidths {
  return {
    inputs: sizeOf(inputSide(layer).padded),
    outputs: sizeOf(outputSide(layer).padded),
  };
}

/** A tensor's dimensions in the trainers' channels-last layout, and the same padded. */
function sidesOf({ layer, role }: TensorSpec): Side {
  const input = inputSide(layer);
  const output = outputSide(layer);
  if (role === 'bias') return output;
  const join = (...sides: Side[]): Side => ({
    dims: sides.flatMap((side) => [...side.dims]),
    padded: sides.flatMap((side) => [...side.padded]),
  });
  const taps = kernelSize * kernelSize;
  const kernel: Side = { dims: [taps], padded: [taps] };
  switch (layer.kind) {
    case 'conv':
      return join(kernel, input, output);
    case 'deconv':
      return join(kernel, output, input);
    case 'dense':
      return join(input, output);
  }
}

/** Numbers a tensor takes in the plan. */
export function paddedSize(spec: TensorSpec): number {
  return sizeOf(sidesOf(spec).padded);
}

/** For each number of PyTorch's layout its index in the padded channels-last layout. */
export function paddedOrder(spec: TensorSpec): Uint32Array {
  const { dims, padded: lengths } = sidesOf(spec);
  const torchIndex = channelsLastOrder(spec);
  const order = new Uint32Array(torchIndex.length);
  const counter = dims.map(() => 0);
  const inner = dims.length - 1;
  let at = 0;
  while (at < order.length) {
    let start = 0;
    for (let d = 0; d < inner; d++) start = (start + counter[d]) * lengths[d + 1];
    for (let i = 0; i < dims[inner]; i++) order[torchIndex[at++]] = start + i;
    for (let d = inner - 1; d >= 0 && ++counter[d] === dims[d]; d--) counter[d] = 0;
  }
  return order;
}
