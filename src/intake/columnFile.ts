import { parse } from 'csv-parse/browser/esm/sync';
import { z } from 'zod';
import { type Part, part } from '../report.ts';
import type { Column } from './imageSource.ts';

export type ColumnFile =
  | { readonly kind: 'columns'; readonly columns: readonly Column[] }
  | { readonly kind: 'refused'; readonly problem: Part };

const rowsSchema = z.array(z.array(z.string()));
/** What a picture has that the file says nothing of. */
const missing = '';

/**
 * A .csv file: a head with names, then a row a picture, whose first column is its path, or the end of it from a folder's
 * name or the file's name on.
 */
export function columnFile(bytes: Uint8Array, paths: readonly string[]): ColumnFile {
  let rows: readonly (readonly string[])[];
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    rows = rowsSchema.parse(
      parse(text, {
        bom: true,
        relax_column_count: true,
        skip_empty_lines: true,
        record_delimiter: ['\r\n', '\n', '\r'],
      }),
    );
  } catch {
    return { kind: 'refused', problem: part('intake.notCsv') };
  }
  const [head = [], ...body] = rows;
  const byPath = new Map(body.map((row) => [row[0].trim(), row]));
  // A path may begin further out than the file thinks, in the folder that was dropped.
  const rowOf = (path: string): readonly string[] | undefined => {
    const slash = path.indexOf('/');
    return byPath.get(path) ?? (slash < 0 ? undefined : rowOf(path.slice(slash + 1)));
  };
  const rowsOfPictures = paths.map(rowOf);
  if (head.length < 2 || rowsOfPictures.every((row) => row === undefined))
    return { kind: 'refused', problem: part('intake.noNames') };
  return {
    kind: 'columns',
    columns: head.slice(1).map((name, i) => ({
      name: name.trim() || `${i + 1}`,
      values: rowsOfPictures.map((row) => (row?.[i + 1] ?? missing).trim()),
    })),
  };
}
