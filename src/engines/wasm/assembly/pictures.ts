import { address, word } from './record';
import { ColumnSums, CopyPicture } from './records';
import { storeColumns, sumOf } from './vectors';

/** Sums over pixels, line by line: a line's sum is added to those of the others. */
export function columnSums(record: usize, chunk: i32): void {
  const columns = word(record, ColumnSums.columns);
  const images = word(record, ColumnSums.images);
  const lines = word(record, ColumnSums.lines);
  const pixels = word(record, ColumnSums.pixels);
  const line = address(record, ColumnSums.line);
  const image = address(record, ColumnSums.image);
  const from = chunk * 16;
  const to = min(from + 16, columns);
  const pixel = (<usize>columns) << 2;
  for (let n = from; n < to; n += 4) {
    const valid = min(4, columns - n);
    const picture = address(record, ColumnSums.picture) + ((<usize>n) << 2);
    const at = address(record, ColumnSums.result) + ((<usize>n) << 2);
    if (columns === 1) {
      // Neighbouring pixels make the vectors.
      let sum: f64 = 0;
      for (let i = 0; i < images; i++)
        for (let y = 0; y < lines; y++) sum += lineSum(picture + <usize>i * image + <usize>y * line, pixels);
      store<f32>(at, <f32>sum);
      return;
    }
    let total = f32x4.splat(0);
    for (let i = 0; i < images; i++) {
      let ofImage = f32x4.splat(0);
      for (let y = 0; y < lines; y++) {
        let a = picture + <usize>i * image + <usize>y * line;
        const end = a + <usize>pixels * pixel;
        let sum = f32x4.splat(0);
        while (a < end) {
          sum = f32x4.add(sum, v128.load(a));
          a += pixel;
        }
        ofImage = f32x4.add(ofImage, sum);
      }
      total = f32x4.add(total, ofImage);
    }
    storeColumns(at, total, total, valid);
  }
}

function lineSum(a: usize, count: i32): f64 {
  const end = a + ((<usize>count) << 2);
  const whole = a + ((<usize>(count & ~3)) << 2);
  let sums = f32x4.splat(0);
  while (a < whole) {
    sums = f32x4.add(sums, v128.load(a));
    a += 16;
  }
  let sum = <f64>sumOf(sums);
  while (a < end) {
    sum += load<f32>(a);
    a += 4;
  }
  return sum;
}

/** A chunk is an image. */
export function copyPicture(record: usize, chunk: i32): void {
  const lines = word(record, CopyPicture.lines);
  const bytes = (<usize>word(record, CopyPicture.length)) << 2;
  let from = address(record, CopyPicture.from) + <usize>chunk * address(record, CopyPicture.fromImage);
  let to = address(record, CopyPicture.to) + <usize>chunk * address(record, CopyPicture.toImage);
  for (let y = 0; y < lines; y++) {
    memory.copy(to, from, bytes);
    from += address(record, CopyPicture.fromLine);
    to += address(record, CopyPicture.toLine);
  }
}
