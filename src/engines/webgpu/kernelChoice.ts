import {
  type FilterProduct,
  type LayerProduct,
  type PictureShape,
  type Product,
  productLabel,
  productSize,
} from '../../plan/product.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import { imageUp } from './kernels/imageUp.ts';
import type { Kernel } from './kernels/kernel.ts';
import { registerImage } from './kernels/registerImage.ts';
import { type RowSharing, registerProduct } from './kernels/registerProduct.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import { type Tile, tilesFor } from './tiles.ts';

/** Picks a kernel for each product of matrices: the part of the plan that differs between GPUs. */
export interface KernelChoice {
  /** Name for reports. */
  readonly name: string;
  layer(product: LayerProduct, epilogue: Epilogue): Kernel;
  /**
   * `biasStride`: numbers between two parts of the bias' gradient, for kernels that sum it; 0 leaves it as it is.
   */
  filter(product: FilterProduct, biasStride: number): Kernel;
  /** Whether a gradient by a weight brings the one by the bias along, as one more buffer. */
  readonly sumsBias: boolean;
  /** In how many parts to sum a convolution's gradient by its weight. */
  filterParts(shape: PictureShape): number;
}

/**
 * Registers without workgroup memory, for software drivers. `lanes` is the size of every subgroup, null for a
 * device without them, on which it is some three times slower. A result of fewer than four columns is an image,
 * the decoder's last.
 */
export function registerChoice(lanes: number | null): KernelChoice {
  const sharing = { lanes };
  return {
    name: lanes === null ? 'registers' : `registers, subgroups of ${lanes}`,
    sumsBias: true,
    layer: (product, epilogue) =>
      productSize(product).columns % 4 === 0
        ? registerProduct(product, epilogue, sharing)
        : imageProduct(product, epilogue, sharing),
    filter: (product, biasStride) => registerProduct(product, { kind: 'plain' }, sharing, biasStride),
    filterParts: ({ batch, bigChannels, smallChannels }) => {
      const tiles = bigChannels * Math.ceil(smallChannels / 32);
      return Math.max(1, Math.min(batch, Math.ceil(16 / tiles)));
    },
  };
}

function imageProduct(product: LayerProduct, epilogue: Epilogue, sharing: RowSharing): Kernel {
  const isPlain = epilogue.kind === 'plain' || (epilogue.kind === 'bias' && epilogue.activation === 'none');
  if (product.kind === 'up' && isPlain) return registerImage(product, epilogue.kind === 'bias', sharing);
  throw new RangeError(`no kernel for ${productLabel(product)}, ${epilogue.kind}`);
}

/** Tiles of 32 x 32 that keep a large GPU busy. */
const enoughTiles = 256;

/** Whether tiles compute a product: all but an image's, which has too few columns. */
export function hasTiles(product: Product): boolean {
  return product.kind !== 'up' || product.bigChannels % 4 === 0;
}

/** Tiles in workgroup memory, for real GPUs. Only how fast it is depends on the tile: see `splitOf`. */
export function tileChoice(tileOf: (product: Product) => Tile): KernelChoice {
  return {
    name: 'workgroup memory',
    sumsBias: false,
    layer: (product, epilogue) =>
      product.kind === 'up' && !hasTiles(product)
        ? imageUp(product, epilogue)
        : tileProduct(product, epilogue, tileOf(product)),
    filter: (product) => tileProduct(product, { kind: 'plain' }, tileOf(product)),
    filterParts: ({ batch, bigChannels, smallChannels }) => {
      const tiles = Math.ceil((16 * bigChannels) / 32) * Math.ceil(smallChannels / 32);
      return Math.max(1, Math.min(batch, 64, Math.ceil(enoughTiles / tiles)));
    },
  };
}

/** The likeliest tile of each product, where none was measured. */
export const usualTiles = tileChoice((product) => tilesFor(product)[0]);
