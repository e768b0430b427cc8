import { type Product, productSize } from '../../plan/product.ts';

/**
 * How a kernel with workgroup memory cuts its result. A workgroup computes `threads[1] * numbers[0]` rows by
 * `threads[0] * numbers[1]` columns, and has so many threads for each of `split` parts of the inner dimension.
 */
export interface Tile {
  /** Numbers of the result that a thread computes: rows, columns. Multiples of four. */
  readonly numbers: readonly [rows: number, columns: number];
  /** Threads of one part that lie along the columns, and along the rows. */
  readonly threads: readonly [x: number, y: number];
  /** Parts that the inner dimension is cut into: summed at the same time, then added in their order. */
  readonly split: number;
  /** How much of a part's inner dimension is in workgroup memory at a time. */
  readonly depth: number;
}

type TileShape = Pick<Tile, 'numbers' | 'threads'>;

/** From the one that reads workgroup memory least to the one that cuts the result finest. */
const tileShapes: readonly TileShape[] = [
  { numbers: [8, 8], threads: [8, 8] },
  { numbers: [8, 4], threads: [8, 8] },
  { numbers: [4, 4], threads: [8, 8] },
  { numbers: [8, 4], threads: [8, 4] },
  { numbers: [4, 4], threads: [8, 4] },
  { numbers: [4, 4], threads: [4, 4] },
];

/** What WebGPU promises to every workgroup: threads, and vectors of four numbers in its memory. */
const mostThreads = 256;
const mostVectors = 1024;
/** With fewer, some cards leave lanes idle. */
const leastThreads = 64;
/** Parts of the inner dimension end at multiples of this, which every depth divides. */
const partUnit = 16;
const depths = [16, 8, 4] as const;
const splits = [8, 4, 1] as const;
/** The least of the inner dimension that is worth threads of its own. */
const shortestPart = 32;
/** Tiles of 32 x 32, counted once a part, that keep a large card busy. */
const enoughParts = 1024;
/** Threads that keep a card busy enough for its memory to answer in time. */
const enoughThreads = 16_384;
/** In the time of one read of a vector from workgroup memory a card does so many multiply-adds. */
const readCost = 16;
const mostCandidates = 3;
/** What costs more than so many times the likeliest is not tried. */
const mostCost = 3;

/** Rows and columns of the result that one workgroup computes. */
export function tileSides({ numbers, threads }: TileShape): readonly [rows: number, columns: number] {
  return [threads[1] * numbers[0], threads[0] * numbers[1]];
}

/** Threads of one part. */
export function partThreads({ threads: [x, y] }: TileShape): number {
  return x * y;
}

/** Vectors of four that one part keeps in workgroup memory: `depth` lines of either operand, a vector longer. */
export function partVectors(shape: TileShape, depth: number): number {
  const [rows, columns] = tileSides(shape);
  return depth * (rows / 4 + 1 + columns / 4 + 1);
}

/** As a person is told: "64 x 32, 8 x 4 a thread, in 4 parts". */
export function tileName({ numbers, threads, split }: Tile): string {
  const whole = tileSides({ numbers, threads }).join(' x ');
  return `${whole}, ${numbers.join(' x ')} a thread${split > 1 ? `, in ${split} parts` : ''}`;
}

/**
 * In how many parts a product's inner dimension is summed: a function of its shape alone. So every tile that the
 * product may have adds the same numbers in the same order, and which one is measured to be faster changes no bit.
 */
export function splitOf(product: Product): number {
  const { rows, inner, columns, repeats } = productSize(product);
  const groups = Math.ceil(rows / 32) * Math.ceil(columns / 32) * repeats;
  const fits = (split: number) => split * groups <= enoughParts && inner >= split * shortestPart;
  return splits.find(fits) ?? 1;
}

/** Numbers of the inner dimension that each part sums; the last one may have fewer. */
export function partLength(product: Product, split: number): number {
  return Math.ceil(productSize(product).inner / split / partUnit) * partUnit;
}

/** A shape in so many parts; null where a workgroup has too few threads or too little room. */
function tileOf(shape: TileShape, split: number): Tile | null {
  const threads = split * partThreads(shape);
  const depth = depths.find((deep) => split * partVectors(shape, deep) <= mostVectors);
  return depth && threads >= leastThreads && threads <= mostThreads ? { ...shape, split, depth } : null;
}

/** All there are. */
export const tiles: readonly Tile[] = tileShapes.flatMap((shape) =>
  splits.flatMap((split) => tileOf(shape, split) ?? []),
);

/** The tiles that a product may have, the likeliest first: a function of its shape alone. */
export function tilesFor(product: Product): readonly Tile[] {
  const split = splitOf(product);
  const fitting = tiles
    .filter((tile) => tile.split === split)
    .map((tile) => ({ tile, cost: estimatedCost(product, tile) }))
    .toSorted((a, b) => a.cost - b.cost);
  return fitting
    .filter(({ cost }) => cost <= mostCost * fitting[0].cost)
    .slice(0, mostCandidates)
    .map(({ tile }) => tile);
}

/** Relative time of a tile that nobody has measured: wasted numbers, reads of workgroup memory, idle threads. */
function estimatedCost(product: Product, tile: Tile): number {
  const { rows, columns, repeats } = productSize(product);
  const [height, width] = tileSides(tile);
  const groups = Math.ceil(rows / height) * Math.ceil(columns / width) * repeats;
  const waste = (groups * height * width) / (rows * columns * repeats);
  const [down, across] = tile.numbers;
  const reads = (down / 4 + across / 4) / (down * across);
  const busy = Math.min(1, (groups * partThreads(tile) * tile.split) / enoughThreads);
  return (waste * Math.max(1, readCost * reads)) / busy;
}
