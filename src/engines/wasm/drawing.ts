import type { Drawing } from '../../data/dataset.ts';
import { drawings, tableHead } from './records.mjs';

/** Bytes of what `drawImages` reads as tables. */
export function tableLength(drawing: Drawing): number {
  return drawing.kind === 'computed'
    ? drawing.wasm.tables.byteLength
    : tableHead.pixels + drawing.pixels.byteLength;
}

/**
 * Writes what `drawImages` reads as tables: a data set's own or, of a table of images, what its head says and all
 * pixels. They may be hundreds of megabytes, so they are copied once only.
 */
export function writeTable(drawing: Drawing, memory: ArrayBufferLike, at: number): void {
  if (drawing.kind === 'computed') {
    new Int32Array(memory, at, drawing.wasm.tables.length).set(drawing.wasm.tables);
    return;
  }
  const head = new Int32Array(memory, at, tableHead.pixels / 4);
  head[tableHead.count / 4] = drawing.count;
  head[tableHead.bits / 4] = drawing.bits;
  new Uint8Array(memory, at + tableHead.pixels, drawing.pixels.length).set(drawing.pixels);
}

/** The number of a drawing among those that the module has. */
export function drawingNumber(drawing: Drawing): number {
  const name = drawing.kind === 'table' ? 'table' : drawing.wasm.name;
  const names: readonly string[] = drawings;
  const number = names.indexOf(name);
  if (number < 0) throw new RangeError(`the module has no drawing ${name}`);
  return number;
}
