import { packColumns } from './dense';
import { address, word } from './record';
import { PictureFilter } from './records';
import { addTransposed } from './transposed';

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
  const pixel = (<usize>channels) << 3;
  const bigLine = address(record, PictureFilter.bigLine);
  const bigImage = address(record, PictureFilter.bigImage);
  const twoLines = bigLine * 2;
  const toNextImage = bigImage - <usize>size * twoLines;
  // The pixel that the kernel's row begins with, to the left of the first one.
  const big = address(record, PictureFilter.big) + <usize>ky * bigLine - bigLine - (pixel >> 1);
  const resultLine = (<usize>columns) << 2;
  const result = address(record, PictureFilter.result) + <usize>(ky * rows) * resultLine;
  const before = word(record, PictureFilter.first) * size;
  const end = before + word(record, PictureFilter.images) * size;
  for (let first = before; first < end; first += perSum) {
    const last = min(first + perSum, end);
    const y = first % size;
    for (let n = 0; n < columns; n += 8) {
      packLines(record, first, last, n, scratch);
      const lines = last - first;
      const valid = min(8, columns - n);
      let at = result + <usize>from * resultLine + ((<usize>n) << 2);
      let a = big + <usize>(first / size) * bigImage + <usize>y * twoLines + ((<usize>from) << 2);
      for (let r = from; r < to; r += 4) {
        addTransposed(
          a,
          pixel,
          size,
          lines,
          y,
          twoLines,
          toNextImage,
          scratch,
          at,
          resultLine,
          4,
          valid,
          first > 0,
        );
        a += 16;
        at += resultLine << 2;
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
