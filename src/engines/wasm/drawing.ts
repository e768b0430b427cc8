import type { Drawing } from '../../data/dataset.ts';
import { drawings } from './records.mjs';

/** What `drawImages` reads as tables: a data set's own or, of a table of images, their count and their bytes. */
export function drawingTables(drawing: Drawing): Int32Array {
  if (drawing.kind === 'computed') return drawing.wasm.tables;
  const tables = new Int32Array(1 + Math.ceil(drawing.pixels.length / 4));
  tables[0] = drawing.count;
  new Uint8Array(tables.buffer).set(drawing.pixels, 4);
  return tables;
}

/** The number of a drawing among those that the module has. */
export function drawingNumber(drawing: Drawing): number {
  const name = drawing.kind === 'table' ? 'table' : drawing.wasm.name;
  const names: readonly string[] = drawings;
  const number = names.indexOf(name);
  if (number < 0) throw new RangeError(`the module has no drawing ${name}`);
  return number;
}
