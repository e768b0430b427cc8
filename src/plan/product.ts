import { kernelSize, type LayerSpec } from '../model/layers.ts';

/**
 * The products of matrices that a training step is made of. Convolutions have a kernel of 4, stride 2 and padding 1, so
 * they join a big picture of side 2 * size with a small one of side `size`; a transposed convolution is the same
 * three products with the pictures' roles exchanged. Weights of both are [4, 4, big channels, small channels].
 */
export interface PictureShape {
  readonly batch: number;
  /** Side of the small picture. */
  readonly size: number;
  readonly bigChannels: number;
  readonly smallChannels: number;
}

/** [rows, inner] times [inner, columns], or times the transpose of [columns, inner]. */
export interface DenseProduct {
  readonly kind: 'dense';
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly transposed: boolean;
}

/** Small picture from the big one: convolution forward, or a transposed convolution's gradient by its input. */
export interface DownProduct extends PictureShape {
  readonly kind: 'down';
}

/** Big picture from the small one: transposed convolution forward, or a convolution's gradient by its input. */
export interface UpProduct extends PictureShape {
  readonly kind: 'up';
}

/** [rows, inputs] transposed, times [rows, outputs]: a dense layer's gradient by its weight. */
export interface DenseFilterProduct {
  readonly kind: 'denseFilter';
  readonly rows: number;
  readonly inputs: number;
  readonly outputs: number;
}

/** Gradient by a convolution's weight, in `parts` addends, each over a part of the batch and `stride` numbers apart. */
export interface PictureFilterProduct extends PictureShape {
  readonly kind: 'pictureFilter';
  readonly parts: number;
  readonly stride: number;
  /** Whether the big picture is the layer's output, as in a transposed convolution; kernels that sum biases ask. */
  readonly outputIsBig: boolean;
}

export type LayerProduct = DenseProduct | DownProduct | UpProduct;
export type FilterProduct = DenseFilterProduct | PictureFilterProduct;
export type Product = LayerProduct | FilterProduct;

/** A product as rows x inner x columns, done `repeats` times (parities of a transposed convolution, parts of a sum). */
export interface ProductSize {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
  readonly repeats: number;
}

const taps = kernelSize * kernelSize;

export function productSize(product: Product): ProductSize {
  switch (product.kind) {
    case 'dense':
      return { rows: product.rows, inner: product.inner, columns: product.columns, repeats: 1 };
    case 'denseFilter':
      return { rows: product.inputs, inner: product.rows, columns: product.outputs, repeats: 1 };
    case 'down':
      return {
        rows: pixels(product),
        inner: taps * product.bigChannels,
        columns: product.smallChannels,
        repeats: 1,
      };
    case 'up':
      // Of the 16 taps, 4 reach an output pixel of either parity in y and x.
      return {
        rows: pixels(product),
        inner: 4 * product.smallChannels,
        columns: product.bigChannels,
        repeats: 4,
      };
    case 'pictureFilter':
      return {
        rows: taps * product.bigChannels,
        inner: imagesPerPart(product) * product.size * product.size,
        columns: product.smallChannels,
        repeats: product.parts,
      };
  }
}

/** Pixels of all small pictures of the batch. */
function pixels({ batch, size }: PictureShape): number {
  return batch * size * size;
}

export function imagesPerPart({ batch, parts }: PictureFilterProduct): number {
  return Math.ceil(batch / parts);
}

/** Numbers of a product's operands, as kernels have them, and of its result with all its parts. */
export function productLengths(product: Product): Record<'a' | 'b' | 'result', number> {
  const { rows, inner, columns, repeats } = productSize(product);
  const result = rows * columns * repeats;
  if (product.kind === 'dense' || product.kind === 'denseFilter')
    return { a: rows * inner, b: inner * columns, result };
  const big = 4 * pixels(product) * product.bigChannels;
  const small = pixels(product) * product.smallChannels;
  if (product.kind === 'pictureFilter') return { a: big, b: small, result };
  const weight = taps * product.bigChannels * product.smallChannels;
  return { a: product.kind === 'down' ? big : small, b: weight, result };
}

/** Multiplications and additions of a product. */
export function productFlops(product: Product): number {
  const { rows, inner, columns, repeats } = productSize(product);
  return 2 * rows * inner * columns * repeats;
}

/** A product as the paper's discriminator has them: engines are told apart by how fast they do it. */
export const sampleProduct = {
  kind: 'dense',
  rows: 64,
  inner: 1000,
  columns: 1000,
  transposed: false,
} as const satisfies DenseProduct;

export function productLabel(product: Product): string {
  const { rows, inner, columns, repeats } = productSize(product);
  return `${product.kind} ${rows} x ${inner} x ${columns}${repeats > 1 ? ` x ${repeats}` : ''}`;
}

/** What of a layer makes the sizes of its products: as it is, or as an engine rounds its widths up. */
export type LayerSize = Pick<LayerSpec, 'kind' | 'inputs' | 'outputs' | 'inputSize'>;

/** The pictures that a convolution joins, with a batch of one; null for a dense layer. */
export function pictureOf({ kind, inputs, outputs, inputSize }: LayerSize): PictureShape | null {
  switch (kind) {
    case 'conv':
      return { batch: 1, size: inputSize / 2, bigChannels: inputs, smallChannels: outputs };
    case 'deconv':
      return { batch: 1, size: inputSize, bigChannels: outputs, smallChannels: inputs };
    case 'dense':
      return null;
  }
}

export function forwardProduct(layer: LayerSize, batch: number): LayerProduct {
  const { kind, inputs, outputs } = layer;
  const picture = pictureOf(layer);
  if (picture) return { kind: kind === 'conv' ? 'down' : 'up', ...picture, batch };
  return { kind: 'dense', rows: batch, inner: inputs, columns: outputs, transposed: false };
}

/** The product that takes a layer's output gradient to its input gradient. */
export function inputGradientProduct(layer: LayerSize, batch: number): LayerProduct {
  const { kind, inputs, outputs } = layer;
  const picture = pictureOf(layer);
  if (picture) return { kind: kind === 'conv' ? 'up' : 'down', ...picture, batch };
  return { kind: 'dense', rows: batch, inner: outputs, columns: inputs, transposed: true };
}

/** The gradient by a layer's weight; that of a convolution in `parts` addends, `stride` numbers apart. */
export function filterProduct(layer: LayerSize, batch: number, parts = 1, stride = 0): FilterProduct {
  const { kind, inputs, outputs } = layer;
  const picture = pictureOf(layer);
  if (picture)
    return { kind: 'pictureFilter', ...picture, batch, parts, stride, outputIsBig: kind === 'deconv' };
  return { kind: 'denseFilter', rows: batch, inputs, outputs };
}
