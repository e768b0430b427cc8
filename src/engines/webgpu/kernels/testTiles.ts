import { expect, test } from 'vitest';
import { type FilterProduct, type LayerProduct, productLabel } from '../../../plan/product.ts';
import { productReference } from '../../reference/products.ts';
import { type Tile, tileName, tiles } from '../tiles.ts';
import { reals, runKernel } from './harness.ts';
import { imageUp } from './imageUp.ts';
import { filterCase, sumOfParts } from './productCase.ts';
import { isFilter, someProduct } from './someProduct.ts';
import { poison } from './testNumbers.ts';
import { epilogues, expectClose, expectLayer } from './testProducts.ts';
import { tileProduct } from './tileProduct.ts';

/** Every tile, on a driver whose cases differ from another's by `seed`. */
export function testTiles(device: () => GPUDevice, seed: number): void {
  // Over all tiles every kind of product meets the driver, and every epilogue.
  test.each(tiles.map((tile, t) => [tileName(tile), tile, t] as const))('%s', async (_, tile, t) => {
    const product = someProduct(seed + t);
    const epilogue = epilogues[t % epilogues.length];
    if (isFilter(product)) await expectFilter(device(), product, tile);
    else await expectLayer(device(), tileProduct(product, epilogue, tile), product, epilogue);
  });

  test.each([
    [1, 'plain', epilogues[0]],
    [3, 'masked in place', epilogues[4]],
  ] as const)('an image of %i channels, %s', async (bigChannels, _, epilogue) => {
    const product = { kind: 'up', batch: 3, size: 7, bigChannels, smallChannels: 12 } as const;
    await expectLayer(device(), imageUp(product, epilogue), product, epilogue);
  });

  // So the tile that is measured to be the fastest changes no number of a run.
  test('tiles that sum in as many parts give the same bits', async () => {
    const product: LayerProduct = { kind: 'dense', rows: 37, inner: 140, columns: 44, transposed: true };
    const results = [];
    for (const tile of tiles.filter(({ split }) => split === 4))
      results.push(
        await expectLayer(device(), tileProduct(product, epilogues[0], tile), product, epilogues[0]),
      );
    expect(results.length).toBeGreaterThan(2);
    for (const result of results) expect(result).toEqual(results[0]);
  }, 300_000);
}

async function expectFilter(device: GPUDevice, product: FilterProduct, tile: Tile): Promise<void> {
  const { a, b, parts, stride, pixels } = filterCase(product);
  const expected = productReference(product, a, b);
  const kernel = tileProduct(product, epilogues[0], tile);
  const { result } = await runKernel(device, kernel, { a, b, result: poison(parts * stride) });
  expectClose(sumOfParts(result, expected.length, parts, stride), expected, 20 + pixels / 10);
  // Nothing is written between two parts.
  const rest = reals(result).filter((_, i) => i % stride >= expected.length);
  expect(rest.every(Number.isNaN), productLabel(product)).toBe(true);
}
