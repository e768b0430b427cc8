import type { ComputedDrawing } from '../dataset.ts';
import { heartTable, outlineModule } from './outlines.wgsl.ts';
import { columnBits, columns, productBits, reachFixed, type Shapes2dTables } from './shapes2d.ts';

/** How devices draw 2D Shapes: shapes2d.ts in WGSL, bit for bit, from tables of integers. */
export function shapes2dDrawing(tables: Shapes2dTables): ComputedDrawing {
  const { imageSize: size, sizes } = tables;
  const [, , orientations] = sizes;
  const centreX = size;
  const centreY = centreX + tables.centreX.length;
  const rotation = centreY + tables.centreY.length;
  const heart = rotation + tables.rotation.length;
  const factor = (f: number) => `multiplyHigh(words${Math.floor(f / 4)}[${f % 4}], ${sizes[f]}u)`;
  return {
    kind: 'computed',
    tables: joined([tables.pixelCentre, tables.centreX, tables.centreY, tables.rotation, heartTable()]),
    wgsl: {
      module: outlineModule(heart),
      line: `
  let shape = ${factor(0)};
  let turn = ${rotation}u + (${factor(1)} * ${orientations}u + ${factor(2)}) * 2u;
  let cosine = tables[turn];
  let sine = tables[turn + 1u];
  let cx = tables[${centreX}u + ${factor(3)}];
  let dy = tables[row] - tables[${centreY}u + ${factor(4)}];`,
      pixel: `
    var value = 0.0;
    let dx = tables[column] - cx;
    if (abs(dx) <= ${reachFixed} && abs(dy) <= ${reachFixed}) {
      let x = abs(cosine * dx - sine * dy);
      let y = sine * dx + cosine * dy;
      value = select(0.0, 1.0, isInside(shape, u32(x >> ${productBits - columnBits}u), y));
    }`,
      channel: () => 'value',
    },
    wasm: { name: 'shapes2d', tables: wasmTables(tables) },
  };
}

/** What drawing.assembly.ts reads: the grid, numbers of shapes2d.ts, where each table begins, and the tables. */
function wasmTables(tables: Shapes2dTables): Int32Array {
  const parts = [tables.pixelCentre, tables.centreX, tables.centreY, tables.rotation, tables.outline];
  const head = [...tables.sizes, reachFixed, columns, productBits - columnBits];
  let at = head.length + parts.length;
  for (const { length } of parts) {
    head.push(at);
    at += length;
  }
  return joined([Int32Array.from(head), ...parts]);
}

function joined(parts: readonly Int32Array[]): Int32Array<ArrayBuffer> {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
