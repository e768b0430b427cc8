import type { EngineInfo } from '../../config/engines.ts';
import { type LayerProduct, productFlops } from '../../plan/product.ts';
import { chooseKernels } from './chooseKernels.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import type { Kernel } from './kernels/kernel.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import type { Pipelines } from './pipelines.ts';
import { ProductRun } from './productRun.ts';
import { tileName, tilesFor } from './tiles.ts';

/** Sizes to try: large and square for a GPU, and as the discriminator has them. */
const products: readonly LayerProduct[] = [
  { kind: 'dense', rows: 512, inner: 512, columns: 512, transposed: false },
  { kind: 'dense', rows: 256, inner: 1000, columns: 1000, transposed: false },
];

export interface MatrixRate {
  /** Floating point operations a second. */
  readonly rate: number;
  readonly kernels: string;
}

/** Matrix products alone, as a measure of what an adapter can do: `measure` may be repeated. */
export interface MatrixRateMeter {
  measure(): Promise<MatrixRate>;
  dispose(): void;
}

export async function prepareMatrixRate(
  guard: DeviceGuard,
  pipelines: Pipelines,
  runsOn: EngineInfo,
): Promise<MatrixRateMeter> {
  const runs: { readonly run: ProductRun; readonly product: LayerProduct; readonly kernels: string }[] = [];
  for (const product of products)
    for (const [kernels, kernel] of await kernelsOf(product, guard, pipelines, runsOn)) {
      const run = await ProductRun.prepare(guard, pipelines, kernel, product);
      runs.push({ run, product, kernels });
    }
  return {
    async measure() {
      let best: MatrixRate = { rate: 0, kernels: '' };
      for (const { run, product, kernels } of runs) {
        const rate = (1000 * productFlops(product)) / (await run.time(runsOn.software ? 10 : 20, 3));
        if (rate > best.rate) best = { rate, kernels };
      }
      return best;
    },
    dispose() {
      for (const { run } of runs) run.dispose();
    },
  };
}

/** A software driver's kernel of a product, or all tiles that it may have. */
async function kernelsOf(
  product: LayerProduct,
  guard: DeviceGuard,
  pipelines: Pipelines,
  runsOn: EngineInfo,
): Promise<(readonly [string, Kernel])[]> {
  const epilogue = { kind: 'bias', activation: 'none' } as const;
  if (!runsOn.software)
    return tilesFor(product).map((tile) => [tileName(tile), tileProduct(product, epilogue, tile)]);
  const choice = await chooseKernels(guard, pipelines, runsOn);
  return [[choice.name, choice.layer(product, epilogue)]];
}

/** Rates by adapter, so that a second run on it measures nothing. */
const remembered = new Map<string, number>();

/** The best rate of matrix products on this adapter, measured once: a second on a processor. */
export async function matrixRate(
  guard: DeviceGuard,
  pipelines: Pipelines,
  runsOn: EngineInfo,
): Promise<number> {
  const known = remembered.get(runsOn.adapter);
  if (known) return known;
  const meter = await prepareMatrixRate(guard, pipelines, runsOn);
  try {
    const { rate } = await meter.measure();
    remembered.set(runsOn.adapter, rate);
    return rate;
  } finally {
    meter.dispose();
  }
}
