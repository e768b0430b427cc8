import { fullName, type LayerSpec, outputSize } from '../../model/layers.ts';
import { type LayerSize, type PictureShape, pictureOf } from '../../plan/product.ts';
import { paddedWidths } from './paddedLayout.ts';

/** A layer as a GPU computes it, with padded widths. */
export interface PaddedLayer {
  /** As in parameter names: "encoder.conv0". */
  readonly name: string;
  readonly size: LayerSize;
  /** Numbers the layer puts out for one sample. */
  readonly outputLength: number;
  /** For a convolution, its pictures with a batch of one. */
  readonly picture: PictureShape | null;
}

export function paddedLayer(spec: LayerSpec): PaddedLayer {
  const { kind, inputSize } = spec;
  const size = { kind, inputSize, ...paddedWidths(spec) };
  const outputLength = outputSize(spec) ** 2 * size.outputs;
  return { name: fullName(spec), size, outputLength, picture: pictureOf(size) };
}
