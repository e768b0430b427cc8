import { drawShape } from '../../../data/shapes2d/drawing.assembly';
import { drawScene } from '../../../data/shapes3d/drawing.assembly';
import { drawNumber, seed } from './live';
import { address, word } from './record';
import { Draw, DrawImages, DrawInputs, Drawing, tableBits, tableCount, tablePixels } from './records';

/**
 * The random numbers of src/data/random: the same bits, and normals within a float32's rounding of TypeScript's, for
 * logarithm, sine and cosine come from this module everywhere.
 */

const rounds = 10;

/** The four words of the block that was drawn last. */
let word0: u32 = 0;
let word1: u32 = 0;
let word2: u32 = 0;
let word3: u32 = 0;

/** One block of Philox4x32-10 of this step's draw. */
function philox(stream: u32, block: u32): void {
  let c0 = block,
    c1 = drawNumber(),
    c2: u32 = 0,
    c3: u32 = 0;
  let k0 = seed(),
    k1 = stream;
  for (let round = 0; round < rounds; round++) {
    const a = <u64>0xd2511f53 * <u64>c0;
    const b = <u64>0xcd9e8d57 * <u64>c2;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c1 = <u32>b;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c3 = <u32>a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** A whole number below n. */
function bounded(bits: u32, n: u32): u32 {
  return <u32>((<u64>bits * <u64>n) >> 32);
}

function radius(bits: u32): f64 {
  return Math.sqrt(-2 * NativeMath.log(<f64>((bits >> 8) + 1) / 16777216));
}

function angle(bits: u32): f64 {
  return (2 * NativeMath.PI * <f64>(bits >> 8)) / 16777216;
}

export function drawNormals(record: usize): void {
  const count = word(record, Draw.count);
  const result = address(record, Draw.result);
  const stream = word(record, Draw.stream);
  for (let i = 0; i < count; i += 4) {
    philox(stream, i >> 2);
    const to = result + ((<usize>i) << 2);
    const r0 = radius(word0),
      a0 = angle(word1),
      r1 = radius(word2),
      a1 = angle(word3);
    store<f32>(to, <f32>(r0 * NativeMath.cos(a0)));
    if (i + 1 < count) store<f32>(to, <f32>(r0 * NativeMath.sin(a0)), 4);
    if (i + 2 < count) store<f32>(to, <f32>(r1 * NativeMath.cos(a1)), 8);
    if (i + 3 < count) store<f32>(to, <f32>(r1 * NativeMath.sin(a1)), 12);
  }
}

function keyAt(stream: u32, index: u32): u32 {
  philox(stream, index >> 2);
  const place = index & 3;
  return place === 0 ? word0 : place === 1 ? word1 : place === 2 ? word2 : word3;
}

/** Reals in [0, 1). */
export function drawReals(record: usize): void {
  const count = word(record, Draw.count);
  const result = address(record, Draw.result);
  const stream = word(record, Draw.stream);
  for (let i = 0; i < count; i++)
    store<f32>(result + ((<usize>i) << 2), <f32>(keyAt(stream, i) >> 8) / 16777216);
}

/** Codes and noise in [-1, 1), the category as one-hot, from the word of its first number. */
export function drawInputs(record: usize): void {
  const stream = word(record, DrawInputs.stream);
  const codes = word(record, DrawInputs.codes);
  const categories = word(record, DrawInputs.categories);
  const length = codes + categories + word(record, DrawInputs.noise);
  for (let row = 0; row < word(record, DrawInputs.rows); row++) {
    const result = address(record, DrawInputs.result) + ((<usize>(row * length)) << 2);
    for (let i = 0; i < length; i++) {
      const isCategory = i >= codes && i < codes + categories;
      const drawn: f32 = <f32>(keyAt(stream, row * length + i) >> 8) / 8388608 - 1;
      const value: f32 = isCategory ? <f32>0 : drawn;
      store<f32>(result + ((<usize>i) << 2), value);
    }
    if (categories === 0) continue;
    const category = <i32>bounded(keyAt(stream, row * length + codes), categories);
    store<f32>(result + ((<usize>(codes + category)) << 2), 1);
  }
}

/** A row's elements in the order of their keys: each goes to the place that its key has among the others. */
export function drawPermutations(record: usize, chunk: i32, scratch: usize): void {
  const length = word(record, Draw.length);
  const stream = word(record, Draw.stream);
  const result = address(record, Draw.result) + ((<usize>(chunk * length)) << 2);
  for (let i = 0; i < length; i++) store<u32>(scratch + ((<usize>i) << 2), keyAt(stream, chunk * length + i));
  for (let i = 0; i < length; i++) {
    const own = load<u32>(scratch + ((<usize>i) << 2));
    let rank = 0;
    for (let other = 0; other < length; other++) {
      const key = load<u32>(scratch + ((<usize>other) << 2));
      if (key < own || (key === own && other < i)) rank++;
    }
    store<i32>(result + ((<usize>rank) << 2), i);
  }
}

/** Images of a table: of bytes, where 255 is 1, or of single bits, the highest of a byte first. */
function drawFromTable(
  tables: usize,
  words: usize,
  picture: usize,
  line: usize,
  size: i32,
  channels: i32,
): void {
  const length = size * channels;
  const number = bounded(load<u32>(words), load<u32>(tables + tableCount));
  const pixels = tables + tablePixels;
  const isBytes = load<u32>(tables + tableBits) === 8;
  let from: u64 = <u64>number * <u64>(size * length);
  for (let y = 0; y < size; y++) {
    const start = picture + <usize>y * line;
    for (let i = 0; i < length; i++) {
      const value: f32 = isBytes
        ? <f32>(<f64>load<u8>(pixels + <usize>from) / 255)
        : <f32>((load<u8>(pixels + <usize>(from >> 3)) >> (7 - <u8>(from & 7))) & 1);
      store<f32>(start + ((<usize>i) << 2), value);
      from++;
    }
  }
}

/** A batch, each image from its eight words of randomness. */
export function drawImages(record: usize, chunk: i32, scratch: usize): void {
  const perChunk = word(record, DrawImages.perChunk);
  const size = word(record, DrawImages.size);
  const channels = word(record, DrawImages.channels);
  const stream = word(record, DrawImages.stream);
  const tables = address(record, DrawImages.tables);
  const line = address(record, DrawImages.line);
  const first = chunk * perChunk;
  const last = min(first + perChunk, word(record, DrawImages.images));
  for (let image = first; image < last; image++) {
    putBlock(stream, 2 * image, scratch);
    putBlock(stream, 2 * image + 1, scratch + 16);
    const picture = address(record, DrawImages.picture) + <usize>image * address(record, DrawImages.image);
    switch (word(record, DrawImages.drawing)) {
      case Drawing.shapes2d:
        drawShape(tables, scratch, picture, line, size, channels);
        break;
      case Drawing.shapes3d:
        drawScene(tables, scratch, picture, line, size);
        break;
      default:
        drawFromTable(tables, scratch, picture, line, size, channels);
    }
  }
}

function putBlock(stream: u32, block: u32, to: usize): void {
  philox(stream, block);
  store<u32>(to, word0);
  store<u32>(to, word1, 4);
  store<u32>(to, word2, 8);
  store<u32>(to, word3, 12);
}
