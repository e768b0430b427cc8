import { wordsPerImage } from '../../../data/batch.ts';
import { streams } from '../../../data/philox.ts';
import { columnBits, productBits, reachFixed, type Shapes2dTables } from '../../../data/shapes2d.ts';
import { type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { heartTable, outlineModule } from './outlines.wgsl.ts';
import { philoxModule } from './random.wgsl.ts';

/** The integer tables of 2D Shapes one after the other, as `drawImages` reads them. */
export function packTables(tables: Shapes2dTables): Int32Array<ArrayBuffer> {
  const parts = [tables.pixelCentre, tables.centreX, tables.centreY, tables.rotation, heartTable()];
  const packed = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    packed.set(part, at);
    at += part.length;
  }
  return packed;
}

/**
 * Draws both batches of a step, [batch, size, size, channels] each: data/batch.ts and data/shapes2d.ts in WGSL, bit
 * for bit. One thread draws one row of one image. Buffers: tables, batch 1, batch 2.
 */
export function drawImages(tables: Shapes2dTables, batch: number, channels: number): Kernel {
  const size = tables.imageSize;
  const [, , orientations] = tables.sizes;
  const centreX = size;
  const centreY = centreX + tables.centreX.length;
  const rotation = centreY + tables.centreY.length;
  const heart = rotation + tables.rotation.length;
  const blocks = wordsPerImage / 4;
  const factor = (f: number) => `multiplyHigh(words${Math.floor(f / 4)}[${f % 4}], ${tables.sizes[f]}u)`;
  const store = (name: string) =>
    Array.from({ length: channels }, (_, c) => `${name}[at + ${c}u] = value;`).join(' ');
  return threadKernel({
    label: 'draw images',
    buffers: [
      { name: 'tables', type: 'i32', access: 'read' },
      { name: 'batch1', type: 'f32', access: 'write' },
      { name: 'batch2', type: 'f32', access: 'write' },
    ],
    module: `${liveDeclaration}${philoxModule}${outlineModule(heart)}`,
    threads: 2 * batch * size,
    body: `
  let second = i >= ${batch * size}u;
  let line = select(i, i - ${batch * size}u, second);
  let image = line / ${size}u;
  let row = line % ${size}u;
  let stream = select(${streams.batch1}u, ${streams.batch2}u, second);
  let words0 = philox(live.seed, stream, live.step, image * ${blocks}u);
  let words1 = philox(live.seed, stream, live.step, image * ${blocks}u + 1u);
  let shape = ${factor(0)};
  let turn = ${rotation}u + (${factor(1)} * ${orientations}u + ${factor(2)}) * 2u;
  let cosine = tables[turn];
  let sine = tables[turn + 1u];
  let cx = tables[${centreX}u + ${factor(3)}];
  let dy = tables[row] - tables[${centreY}u + ${factor(4)}];
  for (var column = 0u; column < ${size}u; column++) {
    let dx = tables[column] - cx;
    var value = 0.0;
    if (abs(dx) <= ${reachFixed} && abs(dy) <= ${reachFixed}) {
      let x = abs(cosine * dx - sine * dy);
      let y = sine * dx + cosine * dy;
      value = select(0.0, 1.0, isInside(shape, u32(x >> ${productBits - columnBits}u), y));
    }
    let at = (line * ${size}u + column) * ${channels}u;
    if (second) { ${store('batch2')} } else { ${store('batch1')} }
  }`,
  });
}
