import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Product } from '../../plan/product.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import { imageUp } from './kernels/imageUp.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import { partThreads, splitOf, type Tile, tileName, tileSides, tiles, tilesFor } from './tiles.ts';

const dense = (rows: number, inner: number, columns: number): Product => ({
  kind: 'dense',
  rows,
  inner,
  columns,
  transposed: false,
});

/** From a number to a batch of large pictures, and as thin as can be. */
const products: readonly Product[] = [1, 12, 64, 700, 70_000].flatMap((rows) =>
  [1, 30, 33, 257, 4000].flatMap((inner) => [4, 28, 1000].map((columns) => dense(rows, inner, columns))),
);

describe('what a product may have', () => {
  test('is at least one tile and at most three, all of one split', () => {
    for (const product of products) {
      const some = tilesFor(product);
      expect(some.length).toBeGreaterThanOrEqual(1);
      expect(some.length).toBeLessThanOrEqual(3);
      for (const { split } of some) expect(split).toBe(splitOf(product));
      expect(tilesFor({ ...product })).toEqual(some);
    }
  });

  test('a small result of a long sum is split, a large one is not, nor is a short sum', () => {
    expect(splitOf(dense(64, 1000, 1000))).toBe(8);
    expect(splitOf(dense(4096, 1000, 1000))).toBe(1);
    expect(splitOf(dense(64, 30, 64))).toBe(1);
  });

  test('a large result has large tiles, a thin one small ones', () => {
    const rows = (product: Product) => tileSides(tilesFor(product)[0])[0];
    expect(rows(dense(4096, 64, 4096))).toBe(64);
    expect(rows(dense(16, 1000, 16))).toBe(16);
  });
});

test('every tile is within what WebGPU promises', () => {
  for (const tile of tiles) {
    expect(tile.split * partThreads(tile)).toBeLessThanOrEqual(256);
    const { code } = tileProduct(dense(64, 1000, 1000), { kind: 'plain' }, tile);
    const vectors = Number(/var<workgroup> tiles: array<vec4f, (\d+)>/.exec(code)?.[1]);
    expect(16 * vectors).toBeLessThanOrEqual(16_384);
    expect(code).not.toMatch(/f16|subgroup/);
  }
});

describe('the text of the shaders', () => {
  const file = (name: string) => {
    const plain = name.replaceAll(' x ', 'x').replaceAll(/[ ,]+/g, '-');
    return join(import.meta.dirname, 'kernels/snapshots', `${plain}.wgsl`);
  };
  const bias: Epilogue = { kind: 'bias', activation: 'relu' };

  test.each(tiles.map((tile) => [tileName(tile), tile] as const))('tile of %s', async (name, tile) => {
    const { code } = tileProduct(dense(64, 1000, 1000), bias, tile);
    await expect(code).toMatchFileSnapshot(file(`tile ${name}`));
  });

  const picture = { batch: 64, size: 16, bigChannels: 32, smallChannels: 64 };
  const parts = { parts: 8, stride: 32_768, outputIsBig: false };
  const kinds: readonly (readonly [string, Product])[] = [
    ['transposed', { kind: 'dense', rows: 64, inner: 1000, columns: 1000, transposed: true }],
    ['gradient', { kind: 'denseFilter', rows: 64, inputs: 1000, outputs: 1000 }],
    ['convolution', { kind: 'down', ...picture }],
    ['convolution of an image', { kind: 'down', ...picture, bigChannels: 1 }],
    ['transposed convolution', { kind: 'up', ...picture }],
    ['gradient of a convolution', { kind: 'pictureFilter', ...picture, ...parts }],
    [
      'gradient of a convolution of an image',
      { kind: 'pictureFilter', ...picture, bigChannels: 1, ...parts },
    ],
  ];
  const common = (tile: Tile) => tileName(tile) === '32 x 32, 4 x 4 a thread';
  test.each(kinds)('%s', async (name, product) => {
    const [tile] = tiles.filter(common);
    const { code } = tileProduct(product, { kind: 'plain' }, tile);
    await expect(code).toMatchFileSnapshot(file(name));
  });

  test('an image from a small picture', async () => {
    const { code } = imageUp({ kind: 'up', ...picture, bigChannels: 1 }, bias);
    await expect(code).toMatchFileSnapshot(file('image'));
  });
});
