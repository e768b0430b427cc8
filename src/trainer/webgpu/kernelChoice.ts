import type { Epilogue } from './kernels/epilogue.ts';
import type { Kernel } from './kernels/kernel.ts';
import {
  type FilterProduct,
  type LayerProduct,
  type PictureShape,
  productLabel,
  productSize,
} from './kernels/product.ts';
import { registerFilter } from './kernels/registerFilter.ts';
import { registerProduct } from './kernels/registerProduct.ts';
import { subgroupImage } from './kernels/subgroupImage.ts';
import { subgroupProduct } from './kernels/subgroupProduct.ts';
import { tileProduct } from './kernels/tileProduct.ts';

/** Picks a kernel for each product of matrices: the part of the plan that differs between GPUs. */
export interface KernelChoice {
  /** Name for reports. */
  readonly name: string;
  layer(product: LayerProduct, epilogue: Epilogue): Kernel;
  /** `biasStride`: numbers between two parts of the bias' gradient, for kernels that sum it. */
  filter(product: FilterProduct, biasStride: number): Kernel;
  /** Whether a gradient by a weight brings the one by the bias along, as one more buffer. */
  readonly sumsBias: boolean;
  /** In how many parts to sum a convolution's gradient by its weight. */
  filterParts(shape: PictureShape): number;
}

/** Without workgroup memory, few workgroups: for the processor's cores. */
export const registerChoice: KernelChoice = {
  name: 'registers',
  sumsBias: false,
  layer: (product, epilogue) => registerProduct(product, epilogue, { rows: 4, columns: 8, group: [8, 4] }),
  filter: (product) => registerFilter(product, { rows: 8, columns: 8, group: [4, 4] }),
  filterParts: ({ batch }) => Math.min(batch, 4),
};

/**
 * Subgroups for software drivers that have them: much the fastest there. `lanes` is the size of every subgroup. A result
 * of fewer than four columns is an image, the decoder's last.
 */
export function subgroupChoice(lanes: number): KernelChoice {
  return {
    name: `subgroups of ${lanes}`,
    sumsBias: true,
    layer: (product, epilogue) =>
      productSize(product).columns % 4 === 0
        ? subgroupProduct(product, epilogue, lanes)
        : imageProduct(product, epilogue, lanes),
    filter: (product, biasStride) => subgroupProduct(product, { kind: 'plain' }, lanes, biasStride),
    filterParts: ({ batch, bigChannels, smallChannels }) => {
      const tiles = bigChannels * Math.ceil(smallChannels / (4 * lanes));
      return Math.max(1, Math.min(batch, Math.ceil(16 / tiles)));
    },
  };
}

function imageProduct(product: LayerProduct, epilogue: Epilogue, lanes: number): Kernel {
  if (product.kind === 'up' && epilogue.kind === 'bias' && epilogue.activation === 'none')
    return subgroupImage(product, lanes);
  throw new RangeError(`no kernel for ${productLabel(product)}, ${epilogue.kind}`);
}

/** Workgroups that keep a GPU busy. */
const enoughGroups = 96;

/** Tiles in workgroup memory, smaller ones where the result would else be too few of them. */
export const sharedChoice: KernelChoice = {
  name: 'workgroup memory',
  sumsBias: false,
  layer: (product, epilogue) => sharedKernel(product, epilogue),
  filter: (product) => sharedKernel(product, { kind: 'plain' }),
  filterParts: ({ batch, bigChannels, smallChannels }) => {
    const tiles = Math.ceil((16 * bigChannels) / 32) * Math.ceil(smallChannels / 32);
    return Math.max(1, Math.min(batch, 64, Math.ceil(enoughGroups / tiles)));
  },
};

function sharedKernel(product: LayerProduct | FilterProduct, epilogue: Epilogue): Kernel {
  const large = tileProduct(product, epilogue, { threads: [16, 16], depth: 16 });
  const [x, y, z] = large.workgroups;
  if (x * y * z >= enoughGroups) return large;
  return tileProduct(product, epilogue, { threads: [8, 8], depth: 16 });
}
