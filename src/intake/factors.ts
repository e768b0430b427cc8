import { mostFactors, mostValues } from '../files/storedImages.ts';
import { type Part, part } from '../report.ts';
import type { Column } from './imageSource.ts';

export interface ReadFactors {
  /** Null where nothing is known of the images. */
  readonly factors: readonly { readonly name: string; readonly values: readonly string[] }[] | null;
  /** The value of each factor, [images, factors]. */
  readonly labels: Uint16Array<ArrayBuffer>;
  readonly notes: readonly Part[];
}

const longestText = 100;

/** What columns say of the images of these numbers, as factors: their different values in order. */
export function factorsOfColumns(columns: readonly Column[], numbers: Uint32Array): ReadFactors {
  const notes: Part[] = [];
  const read = columns.flatMap((column) => {
    const values = distinct(column, numbers);
    if (values) return [{ column, ...values }];
    notes.push(part('intake.manyValues', { name: column.name, most: mostValues }));
    return [];
  });
  if (read.length > mostFactors)
    notes.push(part('intake.manyFactors', { count: read.length, most: mostFactors }));
  const used = read.slice(0, mostFactors);
  if (used.length === 0) return { factors: null, labels: new Uint16Array(), notes };
  const labels = new Uint16Array(numbers.length * used.length);
  for (const [f, { column, places }] of used.entries())
    for (let i = 0; i < numbers.length; i++)
      labels[i * used.length + f] = places.get(column.values[numbers[i]]) ?? 0;
  const factors = used.map(({ column, texts }, f) => ({
    name: column.name.slice(0, longestText) || `${f + 1}`,
    values: texts,
  }));
  return { factors, labels, notes };
}

interface Distinct {
  readonly places: ReadonlyMap<string | number, number>;
  readonly texts: readonly string[];
}

/** The different values of a column in their order: numbers by size, texts by code units. Null where there are too many. */
function distinct({ values }: Column, numbers: Uint32Array): Distinct | null {
  const found = new Set<string | number>();
  for (const number of numbers) {
    found.add(values[number]);
    if (found.size > mostValues) return null;
  }
  const all = [...found];
  const areNumbers = all.every((value) => value !== '' && Number.isFinite(Number(value)));
  all.sort((a, b) => (areNumbers ? Number(a) - Number(b) : String(a) < String(b) ? -1 : 1));
  return { places: new Map(all.map((value, place) => [value, place])), texts: all.map(textOf) };
}

function textOf(value: string | number): string {
  return typeof value === 'number'
    ? String(Number(value.toPrecision(4)))
    : value.slice(0, longestText) || '?';
}
