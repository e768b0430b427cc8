import { type Part, part } from '../report.ts';
import type { Column } from './imageSource.ts';
import { inPieces, type NumberArray } from './numberArray.ts';
import { bytesOf, numbersIn } from './numberTypes.ts';

/** What files call the factors of their images; classes, which are whole numbers, before values. */
const labelNames = ['latents_classes', 'labels', 'factors', 'label', 'y', 'y_train', 'latents_values'];

/** What the files of dSprites and 3D Shapes mean by their columns, which do not say so themselves. */
const knownColumns: Readonly<Record<string, readonly string[]>> = {
  latents_classes: ['colour', 'shape', 'scale', 'orientation', 'position x', 'position y'],
  labels: ['floor hue', 'wall hue', 'object hue', 'scale', 'shape', 'orientation'],
};
const mostColumns = 100;

/** The labels among a file's arrays, [count] or [count, columns], by their names. */
export async function columnsOf(
  arrays: readonly NumberArray[],
  count: number,
  images: string,
): Promise<{ readonly columns: readonly Column[]; readonly notes: readonly Part[] }> {
  const notes: Part[] = [];
  for (const name of labelNames)
    for (const array of arrays) {
      if (array.name.toLowerCase() !== name || array.name === images) continue;
      const [rows, width = 1] = array.shape;
      if (array.shape.length > 2 || rows !== count || width > mostColumns) {
        notes.push(part('intake.labelShape', { name: array.name, shape: array.shape.join(' x '), count }));
        continue;
      }
      const columns = await columnsIn(array, rows, width);
      if (columns) return { columns, notes };
      notes.push(part('intake.labelsCut', { name: array.name, count }));
    }
  return { columns: [], notes };
}

/** Null where the file ends before the last row. */
async function columnsIn(array: NumberArray, rows: number, width: number): Promise<Column[] | null> {
  const columns = Array.from({ length: width }, () => new Float64Array(rows));
  let row = 0;
  for await (const bytes of inPieces(array.pieces(), width * bytesOf(array.type))) {
    const numbers = numbersIn(array.type, bytes);
    for (let i = 0; i < width; i++) columns[i][row] = numbers[i];
    if (++row === rows) break;
  }
  if (row < rows) return null;
  const known = knownColumns[array.name];
  return columns.map((values, i) => {
    const name = known?.length === width ? known[i] : width === 1 ? array.name : `${array.name} ${i + 1}`;
    return { name, values };
  });
}
