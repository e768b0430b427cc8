import crc32 from 'crc-32';
import { sampleProduct } from '../../plan/product.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import { tiles } from './tiles.ts';

/** The tile that was the fastest for a product, by its name, and what the product took with it. */
export interface MeasuredTile {
  readonly tile: string;
  readonly ms: number;
}

/** By products, as `productName` calls them. */
export type MeasuredTiles = ReadonlyMap<string, MeasuredTile>;

/** Where measured tiles are remembered. Neither call fails: what cannot be had is measured. */
export interface TileMemory {
  read(adapter: string): Promise<MeasuredTiles>;
  write(adapter: string, measured: MeasuredTiles): Promise<void>;
}

/** For as long as the process lives. */
const inProcess = new Map<string, MeasuredTiles>();

export const processMemory: TileMemory = {
  read: async (adapter) => inProcess.get(adapter) ?? new Map(),
  write: async (adapter, measured) => {
    inProcess.set(adapter, measured);
  },
};

/**
 * What a measurement holds for: the adapter with all that it tells of its driver, and the shaders' text, which a
 * release may change. Memories that outlive the process add the browser.
 */
export function adapterKey({ adapterInfo, features, limits }: GPUDevice): string {
  const { vendor, architecture, device, description, subgroupMinSize, subgroupMaxSize } = adapterInfo;
  const shaders = tiles.map((tile) => tileProduct(sampleProduct, { kind: 'plain' }, tile).code);
  return JSON.stringify([
    [vendor, architecture, device, description, subgroupMinSize, subgroupMaxSize],
    [...features].toSorted(),
    [limits.maxBufferSize, limits.maxStorageBufferBindingSize],
    crc32.str(shaders.join()),
  ]);
}
