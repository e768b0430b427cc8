import { type Drawing, type Images, wordsPerImage } from '../../../data/dataset.ts';
import type { Stream } from '../../../data/random/philox.ts';
import { type BufferDeclaration, type Kernel, threadKernel } from './kernel.ts';
import { liveDeclaration } from './live.ts';
import { philoxModule } from './random.wgsl.ts';

/** Words before the images of a table: what each byte is as a real, so that no division has to be exact. */
const byteValues = 256;

/** What `drawImages` reads as `tables`: of a table the reals of all bytes, then the images, four bytes to a word. */
export function drawingTables(drawing: Drawing): Int32Array<ArrayBuffer> {
  if (drawing.kind === 'computed') return drawing.tables;
  const bytes = new Uint8Array(4 * (byteValues + Math.ceil(drawing.pixels.length / 4)));
  new Float32Array(bytes.buffer, 0, byteValues).set(
    Float32Array.from({ length: byteValues }, (_, b) => b / 255),
  );
  bytes.set(drawing.pixels, 4 * byteValues);
  return new Int32Array(bytes.buffer);
}

/**
 * Draws the batches of a step, [batch, size, size, channels] each, one for each stream: the data set's `drawBatch` in
 * WGSL, bit for bit. One thread draws one row of one image. Buffers: tables, batch0, batch1 and so on.
 */
export function drawImages(images: Images, batch: number, batches: readonly Stream[]): Kernel {
  const { size, channels, drawing } = images;
  const blocks = wordsPerImage / 4;
  const perBatch = batch * size;
  const store = (name: string) =>
    Array.from({ length: channels }, (_, c) => `${name}[at + ${c}u] = ${channelValue(drawing, c)};`).join(
      ' ',
    );
  const stores = batches.map((_, b) => `case ${b}u: { ${store(`batch${b}`)} }`);
  const streams = batches.reduce((rest, stream, b) => `select(${rest}, ${stream}u, which == ${b}u)`, '0u');
  const { module, line, pixel } =
    drawing.kind === 'computed' ? drawing.wgsl : tableDrawing(drawing.count, size, channels);
  return threadKernel({
    label: 'draw images',
    buffers: [
      { name: 'tables', type: 'i32', access: 'read' },
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
    var value = 0.0;
${pixel}
    let at = (line * ${size}u + column) * ${channels}u;
    switch (which) { ${stores.join(' ')} default: {} }
  }`,
  });
}

function tableDrawing(count: number, size: number, channels: number) {
  return {
    module: `
fn byteOf(at: u32) -> f32 {
  let word = bitcast<u32>(tables[${byteValues}u + at / 4u]);
  return bitcast<f32>(tables[(word >> (8u * (at % 4u))) & 255u]);
}
`,
    line: `
  let start = (multiplyHigh(words0.x, ${count}u) * ${size}u + row) * ${size * channels}u;`,
    pixel: `
    let pixel = start + column * ${channels}u;`,
  };
}

const channelValue = ({ kind }: Drawing, channel: number) =>
  kind === 'computed' ? 'value' : `byteOf(pixel + ${channel}u)`;
