import { packColumns } from './dense';
import { address, word } from './record';
import { PictureFilter } from './records';
import { storeColumns } from './vectors';

/**
 * Gradient by a convolution's weight. A chunk takes some rows of one row of the kernel, all images of the record one after
 * the other: a sum is never divided among threads. Some lines are summed before they are added to the others, which
 * keeps the error of long sums small; of these the small picture's columns are copied to where they lie close together.
 */
export function pictureFilter(record: usize, chunk: i32, scratch: usize): void {
  const channels = word(record, PictureFilter.bigChannels);
  const columns = word(record, PictureFilter.smallChannels);
  const size = word(record, PictureFilter.size);
  const perChunk = word(record, PictureFilter.perChunk);
  const perSum = word(record, PictureFilter.perSum);
  const rows = 4 * channels;
  const chunks = (rows + perChunk - 1) / perChunk;
  const ky = chunk / chunks;
  const from = (chunk % chunks) * perChunk;
  const to = min(from + perChunk, rows);
  const resultLine = (<usize>columns) << 2;
  const result = address(record, PictureFilter.result) + <usize>(ky * rows) * resultLine;
  const before = word(record, PictureFilter.first) * size;
  const end = before + word(record, PictureFilter.images) * size;
  for (let first = before; first < end; first += perSum) {
    const last = min(first + perSum, end);
    for (let n = 0; n < columns; n += 8) {
      packLines(record, first, last, n, scratch);
      for (let r = from; r < to; r += 4) {
        const at = result + <usize>r * resultLine + ((<usize>n) << 2);
        addLines(record, ky, r, first, last, scratch, at, min(8, columns - n));
      }
    }
  }
}

/** Eight columns from `n` on of the small picture's lines `first` to `last`, those of all images counted on. */
function packLines(record: usize, first: i32, last: i32, n: i32, to: usize): void {
  const columns = word(record, PictureFilter.smallChannels);
  const size = word(record, PictureFilter.size);
  const small = address(record, PictureFilter.small) + ((<usize>n) << 2);
  for (let line = first; line < last; line++) {
    const from =
      small +
      <usize>(line / size) * address(record, PictureFilter.smallImage) +
      <usize>(line % size) * address(record, PictureFilter.smallLine);
    packColumns(from, (<usize>columns) << 2, size, columns - n, to);
    to += (<usize>size) << 5;
  }
}

/** Four rows from `r` on, by `valid` columns, of the gradient from those lines: stored, or added to other lines'. */
function addLines(
  record: usize,
  ky: i32,
  r: i32,
  first: i32,
  last: i32,
  packed: usize,
  at: usize,
  valid: i32,
): void {
  const size = word(record, PictureFilter.size);
  const bigLine = address(record, PictureFilter.bigLine);
  const pixel = (<usize>word(record, PictureFilter.bigChannels)) << 3;
  const resultLine = (<usize>word(record, PictureFilter.smallChannels)) << 2;
  const start =
    address(record, PictureFilter.big) + <usize>ky * bigLine - bigLine - (pixel >> 1) + ((<usize>r) << 2);
  let s00 = f32x4.splat(0),
    s01 = s00,
    s10 = s00,
    s11 = s00,
    s20 = s00,
    s21 = s00,
    s30 = s00,
    s31 = s00;
  const twoLines = bigLine * 2;
  const toNextImage = address(record, PictureFilter.bigImage) - <usize>size * twoLines;
  const lineBytes = <usize>size * pixel;
  let y = first % size;
  let lineAt = start + <usize>(first / size) * address(record, PictureFilter.bigImage) + <usize>y * twoLines;
  for (let line = first; line < last; line++) {
    let a = lineAt;
    const end = a + lineBytes;
    while (a < end) {
      const b0 = v128.load(packed),
        b1 = v128.load(packed, 16);
      packed += 32;
      let v = v128.load32_splat(a);
      s00 = f32x4.add(s00, f32x4.mul(v, b0));
      s01 = f32x4.add(s01, f32x4.mul(v, b1));
      v = v128.load32_splat(a, 4);
      s10 = f32x4.add(s10, f32x4.mul(v, b0));
      s11 = f32x4.add(s11, f32x4.mul(v, b1));
      v = v128.load32_splat(a, 8);
      s20 = f32x4.add(s20, f32x4.mul(v, b0));
      s21 = f32x4.add(s21, f32x4.mul(v, b1));
      v = v128.load32_splat(a, 12);
      s30 = f32x4.add(s30, f32x4.mul(v, b0));
      s31 = f32x4.add(s31, f32x4.mul(v, b1));
      a += pixel;
    }
    lineAt += twoLines;
    if (++y === size) {
      y = 0;
      lineAt += toNextImage;
    }
  }
  const c1 = at + resultLine;
  const c2 = c1 + resultLine;
  const c3 = c2 + resultLine;
  if (first > 0) {
    s00 = f32x4.add(s00, v128.load(at));
    s01 = f32x4.add(s01, v128.load(at, 16));
    s10 = f32x4.add(s10, v128.load(c1));
    s11 = f32x4.add(s11, v128.load(c1, 16));
    s20 = f32x4.add(s20, v128.load(c2));
    s21 = f32x4.add(s21, v128.load(c2, 16));
    s30 = f32x4.add(s30, v128.load(c3));
    s31 = f32x4.add(s31, v128.load(c3, 16));
  }
  storeColumns(at, s00, s01, valid);
  storeColumns(c1, s10, s11, valid);
  storeColumns(c2, s20, s21, valid);
  storeColumns(c3, s30, s31, valid);
}
