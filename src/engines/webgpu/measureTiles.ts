import type { ProductChoice } from '../../config/engines.ts';
import { AppError } from '../../errors.ts';
import { type Product, productFlops, productLabel } from '../../plan/product.ts';
import type { DeviceGuard } from './deviceGuard.ts';
import { hasTiles } from './kernelChoice.ts';
import type { Epilogue } from './kernels/epilogue.ts';
import type { Kernel } from './kernels/kernel.ts';
import { tileProduct } from './kernels/tileProduct.ts';
import { GpuMemory } from './memory.ts';
import type { Pipelines } from './pipelines.ts';
import { type Dispatch, LiveSlots, Program, SizeTable } from './program.ts';
import { type Stopwatch, stopwatchOn } from './stopwatch.ts';
import { adapterKey, type MeasuredTile, type MeasuredTiles, type TileMemory } from './tileMemory.ts';
import { type Tile, tileName, tilesFor } from './tiles.ts';

/** What a start may spend on it, in ms: what is not reached is measured by the next one. */
export const measureBudget = 400;
/** So much faster another tile must be than the likeliest, to be told from chance. */
const clearlyFaster = 0.97;
/** The most times that a product is done in one pass. */
const mostCount = 256;

/** A product in a plan, with what a kernel for it is bound to. */
interface Entry {
  readonly name: string;
  readonly product: Product;
  readonly epilogue: Epilogue;
  readonly buffers: Dispatch['buffers'];
  readonly candidates: readonly Tile[];
  /** Floating point operations of all its dispatches. */
  flops: number;
}

/** A product's own name among all: products of one name have the same kernels. */
export function productName(product: Product): string {
  const label = productLabel(product);
  if (product.kind === 'dense') return product.transposed ? `${label}, transposed` : label;
  if (product.kind === 'denseFilter') return label;
  const { batch, size, bigChannels } = product;
  return `${label}, ${batch} of ${2 * size} x ${2 * size} x ${bigChannels}`;
}

/** Products of which several tiles can be had, those with the most work first. */
function entriesOf(dispatches: readonly Dispatch[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { product: made, buffers } of dispatches) {
    if (!made) continue;
    const { product, epilogue } = made;
    if (!hasTiles(product)) continue;
    const name = productName(product);
    const known = entries.get(name);
    const flops = productFlops(product);
    if (known) known.flops += flops;
    else entries.set(name, { name, product, epilogue, buffers, candidates: tilesFor(product), flops });
  }
  return [...entries.values()]
    .filter(({ candidates }) => candidates.length > 1)
    .toSorted((a, b) => b.flops - a.flops);
}

/** What tiles a plan has. */
export interface TileChoices {
  tileOf(product: Product): Tile;
  /** Those measured just now, which are to be remembered. */
  readonly fresh: MeasuredTiles;
  readonly choices: readonly ProductChoice[];
}

/** The tiles of a plan's products: those remembered, and measured what is not. */
export async function chooseTiles(
  guard: DeviceGuard,
  pipelines: Pipelines,
  dispatches: readonly Dispatch[],
  memory: TileMemory,
  budget: number,
): Promise<TileChoices> {
  const key = adapterKey(guard.device);
  const known = await memory.read(key);
  const chosen = await measureTiles(guard, pipelines, dispatches, known, budget);
  if (chosen.fresh.size > 0) await memory.write(key, new Map([...known, ...chosen.fresh]));
  return chosen;
}

/**
 * Measures the tiles of each product of `dispatches` that `known` does not have, for `budget` ms at most. The
 * kernels run on the plan's own buffers, so it must come before these hold anything: of zeros, every product
 * makes zeros. Which tile is taken changes no number of a run: see `splitOf`.
 */
export async function measureTiles(
  guard: DeviceGuard,
  pipelines: Pipelines,
  dispatches: readonly Dispatch[],
  known: MeasuredTiles,
  budget: number,
): Promise<TileChoices> {
  const entries = entriesOf(dispatches);
  const chosen = new Map<string, { readonly tile: Tile; readonly ms: number }>();
  for (const { name, candidates } of entries) {
    const found = known.get(name);
    const tile = candidates.find((candidate) => tileName(candidate) === found?.tile);
    if (found && tile) chosen.set(name, { tile, ms: found.ms });
  }
  const missing = entries.filter(({ name }) => !chosen.has(name));
  const fresh = new Map<string, MeasuredTile>();
  if (missing.length > 0 && budget > 0) {
    const bench = new TileBench(guard, pipelines);
    try {
      for (const [name, { tile, ms }] of await bench.measure(missing, budget)) {
        chosen.set(name, { tile, ms });
        fresh.set(name, { tile: tileName(tile), ms });
      }
    } finally {
      bench.dispose();
    }
  }
  return {
    tileOf: (product) => chosen.get(productName(product))?.tile ?? tilesFor(product)[0],
    fresh,
    choices: entries.map(({ name, candidates }) => ({
      product: name,
      kernel: tileName(chosen.get(name)?.tile ?? candidates[0]),
      ms: chosen.get(name)?.ms ?? null,
    })),
  };
}

/** A tile that compiles, as a program. */
interface Candidate {
  readonly tile: Tile;
  readonly program: Program;
}

class TileBench {
  readonly #pipelines: Pipelines;
  readonly #memory: GpuMemory;
  readonly #sizes: SizeTable;
  readonly #watch: Stopwatch;
  /** Floating point operations a millisecond, of the product measured last. */
  #rate = 1e8;

  constructor(guard: DeviceGuard, pipelines: Pipelines) {
    this.#pipelines = pipelines;
    this.#memory = new GpuMemory(guard.device);
    this.#sizes = new SizeTable([], this.#memory, guard.device.queue);
    this.#watch = stopwatchOn(guard, LiveSlots.single(this.#memory, pipelines));
  }

  async measure(entries: readonly Entry[], budget: number) {
    const best = new Map<string, { readonly tile: Tile; readonly ms: number }>();
    const end = performance.now() + budget;
    // While one product is measured, the kernels of the next are compiled.
    let next = this.#compile(entries[0]);
    for (const [e, entry] of entries.entries()) {
      if (performance.now() >= end) break;
      const candidates = await next;
      if (e + 1 < entries.length) next = this.#compile(entries[e + 1]);
      if (performance.now() >= end) break;
      if (candidates.length > 0)
        best.set(entry.name, await this.#best(candidates, productFlops(entry.product)));
    }
    await next;
    return best;
  }

  dispose(): void {
    this.#watch.dispose();
    this.#memory.dispose();
  }

  /** The likeliest unless another one is clearly faster. */
  async #best(candidates: readonly Candidate[], flops: number) {
    const { passMs } = this.#watch;
    const [likeliest] = candidates;
    let count = Math.min(mostCount, Math.max(1, Math.round((passMs * this.#rate) / flops)));
    // Until a pass is long enough to be timed. What a driver does when a kernel first runs counts for nothing.
    for (;;) {
      const [, ms] = await this.#watch.time([
        { program: likeliest.program, count: 1 },
        { program: likeliest.program, count },
      ]);
      if (ms * count >= passMs / 2 || count === mostCount) break;
      count = Math.min(
        mostCount,
        Math.ceil(count * Math.min(16, passMs / Math.max(ms * count, passMs / 16))),
      );
    }
    const rounds = candidates.map(({ program }) => ({ program, count }));
    const warm = candidates.map(({ program }) => ({ program, count: 1 }));
    const all = await this.#watch.time([...warm, ...rounds, ...rounds]);
    const timeOf = (c: number) => Math.min(all[warm.length + c], all[2 * warm.length + c]);
    let best = { tile: likeliest.tile, ms: timeOf(0) };
    candidates.forEach(({ tile }, c) => {
      const ms = timeOf(c);
      if (ms > 0 && ms < clearlyFaster * best.ms) best = { tile, ms };
    });
    if (best.ms > 0) this.#rate = flops / best.ms;
    return best;
  }

  /** Those that the driver compiles. */
  async #compile({ product, epilogue, buffers, candidates }: Entry): Promise<Candidate[]> {
    const made = await Promise.all(
      candidates.map(async (tile) => {
        const kernel = tileProduct(product, epilogue, tile);
        if (!(await this.#compiles(kernel))) return [];
        return [{ tile, program: new Program([{ kernel, buffers }], this.#pipelines, this.#sizes) }];
      }),
    );
    return made.flat();
  }

  async #compiles(kernel: Kernel): Promise<boolean> {
    try {
      await this.#pipelines.compile([kernel]);
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }
}
