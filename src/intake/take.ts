import { wholeGrid } from '../data/own/wholeGrid.ts';
import { AppError } from '../errors.ts';
import type { imageSizes, StoredImages } from '../files/storedImages.ts';
import { type Part, part } from '../report.ts';
import { factorsOfColumns } from './factors.ts';
import { type Fit, fitted } from './fit.ts';
import { type ImageSource, mostFound } from './imageSource.ts';
import { Packer } from './pack.ts';

/** What a set may be at most, in memory and on the device: all of dSprites at one bit a pixel, and 25 MB more. */
export const usualBudget = 384 * 2 ** 20;

export interface TakeOptions {
  readonly fit: Fit & { readonly size: (typeof imageSizes)[number] };
  /** Bytes of pixels. */
  readonly budget: number;
  /** Chooses which images are taken where the budget has no room for all. */
  readonly seed: number;
  /** Called with the part that is done, from 0 to 1, a hundred times at most. */
  readonly onProgress?: (part: number) => void;
}

/** A set that is ready to be kept. */
export interface TakenImages {
  readonly stored: StoredImages;
  /** Images of the files. */
  readonly found: number;
  /** Whether they were chosen among more. */
  readonly chosen: boolean;
  /** What was not used and why, a sentence each. */
  readonly notes: readonly Part[];
}

/**
 * Reads all images of a source into a set. What is wrong with single images is counted; the others are taken.
 * @throws AppError IntakeError where none can be taken, and what the source throws.
 */
export async function takeImages(
  source: ImageSource,
  { fit, budget, seed, onProgress }: TakeOptions,
): Promise<TakenImages> {
  const { count } = source;
  if (count > mostFound) throw new AppError('IntakeError.many', { count, most: mostFound });
  const packer = new Packer({ count, length: fit.size * fit.size * fit.channels, budget, seed });
  const faults = new Faults();
  let told = 0;
  for await (const item of source.images((number) => packer.wants(number))) {
    if ('image' in item) packer.add(item.number, fitted(item.image, fit));
    else faults.add(item.problem, item.file);
    const done = Math.floor((100 * item.number) / count) / 100;
    if (done > told) onProgress?.(done);
    told = done;
  }
  const { bits, pixels, numbers } = packer.finish();
  if (numbers.length === 0) throw new AppError('IntakeError.none', { notes: faults.notes() });
  const { factors, labels, notes } = factorsOfColumns(source.columns, numbers);
  const { size, channels } = fit;
  const isGrid =
    factors === null ||
    wholeGrid(
      labels,
      factors.map(({ values }) => values.length),
    ) !== null;
  return {
    stored: {
      head: { version: 1, size, channels, bits, factors: factors && [...factors].map(copied) },
      count: numbers.length,
      pixels,
      labels,
    },
    found: count,
    chosen: numbers.length + faults.count < count,
    notes: [...source.notes, ...faults.notes(), ...notes, ...(isGrid ? [] : [part('intake.noGrid')])],
  };
}

function copied({ name, values }: { readonly name: string; readonly values: readonly string[] }) {
  return { name, values: [...values] };
}

/** What is wrong with single images, counted by what it is. */
class Faults {
  readonly #byText = new Map<string, { readonly problem: Part; readonly file: string; count: number }>();

  add(problem: Part, file: string): void {
    const key = JSON.stringify(problem);
    const known = this.#byText.get(key);
    if (known) known.count++;
    else this.#byText.set(key, { problem, file, count: 1 });
  }

  get count(): number {
    return [...this.#byText.values()].reduce((sum, { count }) => sum + count, 0);
  }

  notes(): Part[] {
    return [...this.#byText.values()].map(({ problem, file, count }) =>
      part('intake.fault', { count, first: file, problem }),
    );
  }
}
