import type { RunConfig } from '../../config/schema.ts';
import { type LayerSpec, layersOf, type Network } from '../../model/parameters.ts';
import type { Activation } from './kernels/epilogue.ts';
import type { FilterProduct, LayerProduct, PictureShape } from './kernels/product.ts';
import { type PaddedWidths, paddedWidths } from './paddedLayout.ts';

/** A layer as the plan computes it, with padded widths. */
export interface PlanLayer {
  readonly spec: LayerSpec;
  /** Full name, as in parameter names: "encoder.conv0". */
  readonly name: string;
  readonly widths: PaddedWidths;
  /** What follows the layer. */
  readonly activation: Activation;
  /** Numbers the layer puts out for one sample. */
  readonly outputLength: number;
  /** For a convolution, its pictures with a batch of one. */
  readonly picture: PictureShape | null;
}

export function planLayers(config: RunConfig, network: Network): PlanLayer[] {
  const specs = layersOf(config).filter((layer) => layer.network === network);
  return specs.map((spec, i) => {
    const widths = paddedWidths(spec, config);
    const hidden: Activation = network === 'discriminator' ? 'leakyRelu' : 'relu';
    const picture = pictureOf(spec, widths);
    return {
      spec,
      name: `${network}.${spec.name}`,
      widths,
      activation: i === specs.length - 1 ? 'none' : hidden,
      outputLength: outputPixels(spec) * widths.outputs,
      picture,
    };
  });
}

/** Pixels of a layer's output picture; 1 for a dense layer, whose output counts as one flat vector. */
function outputPixels({ kind, inputSize }: LayerSpec): number {
  switch (kind) {
    case 'conv':
      return (inputSize / 2) ** 2;
    case 'deconv':
      return (inputSize * 2) ** 2;
    case 'dense':
      return 1;
  }
}

function pictureOf({ kind, inputSize }: LayerSpec, { inputs, outputs }: PaddedWidths): PictureShape | null {
  switch (kind) {
    case 'conv':
      return { batch: 1, size: inputSize / 2, bigChannels: inputs, smallChannels: outputs };
    case 'deconv':
      return { batch: 1, size: inputSize, bigChannels: outputs, smallChannels: inputs };
    case 'dense':
      return null;
  }
}

export function forwardProduct({ spec, widths, picture }: PlanLayer, batch: number): LayerProduct {
  if (picture) return { kind: spec.kind === 'conv' ? 'down' : 'up', ...picture, batch };
  return { kind: 'dense', rows: batch, inner: widths.inputs, columns: widths.outputs, transposed: false };
}

/** The product that takes a layer's output gradient to its input gradient. */
export function inputGradientProduct({ spec, widths, picture }: PlanLayer, batch: number): LayerProduct {
  if (picture) return { kind: spec.kind === 'conv' ? 'up' : 'down', ...picture, batch };
  return { kind: 'dense', rows: batch, inner: widths.outputs, columns: widths.inputs, transposed: true };
}

export function filterProduct(
  { spec, widths, picture }: PlanLayer,
  batch: number,
  parts: number,
  stride: number,
): FilterProduct {
  if (picture) {
    const outputIsBig = spec.kind === 'deconv';
    return { kind: 'pictureFilter', ...picture, batch, parts, stride, outputIsBig };
  }
  return { kind: 'denseFilter', rows: batch, ...widths };
}
