import { byteReals } from '../../../data/byteReals.ts';
import { type Images, type TableDrawing, type WgslDrawing, wordsPerImage } from '../../../data/dataset.ts';
import type { Stream } from '../../../data/random/philox.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { philoxModule } from './random.wgsl.ts';

/** What `drawImages` reads on a device. */
export interface DeviceTables {
  /** `tables`: a data set's own or, of a table of images, the reals of all bytes. */
  readonly tables: Int32Array<ArrayBuffer>;
  /** `pixels0`, `pixels1` and so on: the images of a table, a whole number of them each. */
  readonly pixels: readonly Uint8Array<ArrayBuffer>[];
}

/** `most`: bytes that one buffer may have. */
export function drawingTables(images: Images, most: number): DeviceTables {
  const { drawing } = images;
  if (drawing.kind === 'computed') return { tables: drawing.tables, pixels: [] };
  const { perBuffer, buffers } = division(images, drawing, most);
  const bytes = perBuffer * imageBytes(images, drawing);
  return {
    tables: new Int32Array(byteReals().buffer),
    pixels: Array.from({ length: buffers }, (_, b) => drawing.pixels.subarray(b * bytes, (b + 1) * bytes)),
  };
}

function imageBytes({ imageLength }: Images, { bits }: TableDrawing): number {
  return (imageLength * bits) / 8;
}

/** How many images of a table each buffer has, and how many buffers there are. */
function division(images: Images, drawing: TableDrawing, most: number) {
  // Buffers are counted in words of four bytes.
  const perBuffer = Math.max(4, Math.floor(most / imageBytes(images, drawing) / 4) * 4);
  return { perBuffer, buffers: Math.ceil(drawing.count / perBuffer) };
}

/**
 * Draws the batches of a step, [batch, size, size, channels] each, one for each stream: the data set's `drawBatch`
 * in WGSL, bit for bit. One thread draws one row of one image. Buffers: tables, pixels0 and so on, batch0, batch1
 * and so on. `most`: bytes that one buffer may have.
 */
export function drawImages(images: Images, batch: number, batches: readonly Stream[], most: number): Kernel {
  const { size, channels, drawing } = images;
  const { module, line, pixel, channel } =
    drawing.kind === 'computed' ? drawing.wgsl : tableDrawing(images, drawing, most);
  const blocks = wordsPerImage / 4;
  const perBatch = batch * size;
  const store = (name: string) =>
    Array.from({ length: channels }, (_, c) => `${name}[at + ${c}u] = ${channel(c)};`).join(' ');
  const stores = batches.map((_, b) => `case ${b}u: { ${store(`batch${b}`)} }`);
  const streams = batches.reduce((rest, stream, b) => `select(${rest}, ${stream}u, which == ${b}u)`, '0u');
  const parts = drawing.kind === 'computed' ? 0 : division(images, drawing, most).buffers;
  return threadKernel({
    label: 'draw images',
    buffers: [
      { name: 'tables', type: 'i32', access: 'read' },
      ...Array.from(
        { length: parts },
        (_, p): BufferDeclaration => ({ name: `pixels${p}`, type: 'u32', access: 'read' }),
      ),
      ...batches.map((_, b): BufferDeclaration => ({ name: `batch${b}`, type: 'f32', access: 'write' })),
    ],
    module: `${liveDeclaration}${philoxModule}${module}`,
    threads: batches.length * perBatch,
    body: `
  let which = i / ${perBatch}u;
  let line = i % ${perBatch}u;
  let image = line / ${size}u;
  let row = line % ${size}u;
  let stream = ${streams};
  let words0 = philox(live.seed, stream, live.draw, image * ${blocks}u);
  let words1 = philox(live.seed, stream, live.draw, image * ${blocks}u + 1u);
${line}
  for (var column = 0u; column < ${size}u; column++) {
${pixel}
    let at = (line * ${size}u + column) * ${channels}u;
    switch (which) { ${stores.join(' ')} default: {} }
  }`,
  });
}

function tableDrawing(images: Images, drawing: TableDrawing, most: number): WgslDrawing {
  const { size, channels, imageLength } = images;
  const { count, bits } = drawing;
  const { perBuffer, buffers } = division(images, drawing, most);
  const words = Array.from({ length: buffers }, (_, b) => `case ${b}u: { return pixels${b}[at]; }`);
  const place = `let first = number % ${perBuffer}u * ${imageLength}u + row * ${size * channels}u;`;
  return {
    module: `
fn wordOf(part: u32, at: u32) -> u32 {
  switch (part) { ${words.join(' ')} default: { return 0u; } }
}
${bits === 8 ? byteOf : bitOf}
`,
    line: `
  let number = multiplyHigh(words0.x, ${count}u);
  let part = number / ${perBuffer}u;
  ${place}`,
    pixel: `
    let pixel = first + column * ${channels}u;`,
    channel: (c) => `numberOf(part, pixel + ${c}u)`,
  };
}

const byteOf = `
fn numberOf(part: u32, at: u32) -> f32 {
  let word = wordOf(part, at / 4u);
  return bitcast<f32>(tables[(word >> (8u * (at % 4u))) & 255u]);
}`;

/** Bits of a byte from the highest, bytes of a word from the lowest. */
const bitOf = `
fn numberOf(part: u32, at: u32) -> f32 {
  let word = wordOf(part, at / 32u);
  return f32((word >> (8u * (at / 8u % 4u) + 7u - at % 8u)) & 1u);
}`;
