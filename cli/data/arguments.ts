import { presets, usualPresets } from '../../src/config/presets.ts';
import { factorSizes } from '../../src/data/dataset.ts';
import { factorsOf } from '../../src/data/datasets.ts';
import { combinationCount } from '../../src/data/factors.ts';
import { AppError } from '../../src/errors.ts';
import { keysOf } from '../../src/settings/objects.ts';
import type { RunConfig } from '../../src/settings/runConfig.ts';
import { imagesOfDatasets } from '../../src/settings/scopes.ts';
import { table } from '../../src/settings/table.ts';
import { readFileArguments } from '../fileArguments.ts';
import { wholeOption } from '../wholeOption.ts';

/** The data sets that are made from their factors. */
const madeDatasets = keysOf(usualPresets);
export type MadeDataset = (typeof madeDatasets)[number];

/** The presets with every value of every factor. */
const wholeSets = { shapes2d: 'paper', shapes3d: 'paper3d' } as const;

export type DataTask =
  | {
      readonly task: 'draw';
      readonly images: RunConfig;
      readonly out: string;
      /** The value of each factor, a row an image. */
      readonly factors: readonly (readonly number[])[];
    }
  | {
      readonly task: 'export';
      readonly dataset: MadeDataset;
      readonly images: RunConfig;
      readonly out: string;
      /** How many of all images. */
      readonly count: number;
      readonly seed: number;
    };

export const dataOptions = ['dataset', 'factors', 'size', 'out', 'count', 'seed'];

export const dataHelp = [
  'npm run data -- draw --dataset shapes3d --factors 0,1,2,3,0,7 --size 64 --out FILE.png',
  'npm run data -- export --dataset shapes2d|shapes3d --out FILE.npz [--size 64] [--count N --seed S]',
  '',
  'draw writes images by their factors, as a PNG: whole numbers from 0 on, with commas between. Several images, with',
  'semicolons between, make a grid; the list then stands in quotes.',
  ...madeDatasets.map((dataset) => `  ${dataset}: ${factorsText(presets[wholeSets[dataset]])}`),
  '',
  'export writes images and factors as numpy.load reads them, in the order of the published sets and under their keys:',
  '  shapes2d: imgs, latents_classes, latents_values, as in dSprites; without its metadata',
  '  shapes3d: images, labels, as in 3dshapes.h5',
  'Without --count it writes all; else so many different ones, drawn by --seed, by default 0.',
  '',
  'Ends with 0 where the file is written, 2 where an argument is wrong or the file cannot be written.',
].join('\n');

/** What the arguments ask for; null: help. @throws AppError UsageError */
export function readDataArguments(args: readonly string[]): DataTask | null {
  const given = readFileArguments(args, dataOptions);
  if (!given) return null;
  const { paths, options } = given;
  const [task] = paths;
  if (paths.length !== 1 || (task !== 'draw' && task !== 'export'))
    throw new AppError('UsageError.noDataTask');
  const dataset = oneOf('dataset', madeDatasets, options.get('dataset'));
  const out = options.get('out');
  if (out === undefined) throw new AppError('UsageError.noDataFile');
  const images = { ...presets[wholeSets[dataset]], imageSize: sizeOption(dataset, options.get('size')) };
  for (const option of task === 'draw' ? ['count', 'seed'] : ['factors'])
    if (options.has(option)) throw new AppError('UsageError.otherTask', { option, task });
  if (task === 'draw') return { task, images, out, factors: rowsOf(options.get('factors') ?? '', images) };
  const all = combinationCount(factorSizes(factorsOf(images)));
  const { min, max } = table.seed;
  return {
    task,
    dataset,
    images,
    out,
    count: wholeOption('count', options.get('count') ?? String(all), 1, all),
    seed: wholeOption('seed', options.get('seed') ?? '0', min, max),
  };
}

function sizeOption(dataset: MadeDataset, text = '64'): number {
  const { sides } = imagesOfDatasets[dataset];
  if (!sides) return wholeOption('size', text, table.imageSize.min, table.imageSize.max);
  const size = sides.find((side) => String(side) === text);
  if (size === undefined)
    throw new AppError('UsageError.oneOf', { option: 'size', names: sides.map(String), given: text });
  return size;
}

function oneOf<Name extends string>(option: string, names: readonly Name[], given = ''): Name {
  const known = names.find((name) => name === given);
  if (known === undefined) throw new AppError('UsageError.oneOf', { option, names, given });
  return known;
}

function rowsOf(text: string, images: RunConfig): number[][] {
  const sizes = factorSizes(factorsOf(images));
  return text.split(';').map((row) => {
    const numbers = row.trim().split(',');
    const values = numbers.map((number) => (/^\s*\d+\s*$/.test(number) ? Number(number) : Number.NaN));
    if (values.length !== sizes.length || !values.every((value, i) => value < sizes[i]))
      throw new AppError('UsageError.factors', { given: row.trim(), factors: factorsText(images) });
    return values;
  });
}

/** The factors with their last values. */
function factorsText(images: RunConfig): string {
  const factors = factorsOf(images) ?? [];
  return factors.map(({ name, values }) => `${name} 0 to ${values.length - 1}`).join(', ');
}
