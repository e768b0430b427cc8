import { storeColumns } from './vectors';

/**
 * A tile of a gradient by a weight: four columns of one matrix, transposed, times a panel [pixels, 8], stored as
 * `rows` rows of `columns` numbers, `resultLine` bytes apart, in place of what is there or added to it. The four
 * columns lie one behind the other in each of `lines` lines of `size` pixels, `pixel` bytes apart; the first line
 * is line `y` of its image.
 */
export function addTransposed(
  line: usize,
  pixel: usize,
  size: i32,
  lines: i32,
  y: i32,
  toNextLine: usize,
  toNextImage: usize,
  panel: usize,
  at: usize,
  resultLine: usize,
  rows: i32,
  columns: i32,
  toOthers: bool,
): void {
  let s00 = f32x4.splat(0),
    s01 = s00,
    s10 = s00,
    s11 = s00,
    s20 = s00,
    s21 = s00,
    s30 = s00,
    s31 = s00;
  const lineBytes = <usize>size * pixel;
  for (; lines > 0; lines--) {
    let a = line;
    const end = a + lineBytes;
    while (a < end) {
      const b0 = v128.load(panel),
        b1 = v128.load(panel, 16);
      panel += 32;
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
    line += toNextLine;
    if (++y === size) {
      y = 0;
      line += toNextImage;
    }
  }
  const c1 = rows > 1 ? at + resultLine : at;
  const c2 = rows > 2 ? c1 + resultLine : c1;
  const c3 = rows > 3 ? c2 + resultLine : c2;
  if (toOthers) {
    s00 = f32x4.add(s00, v128.load(at));
    s01 = f32x4.add(s01, v128.load(at, 16));
    s10 = f32x4.add(s10, v128.load(c1));
    s11 = f32x4.add(s11, v128.load(c1, 16));
    s20 = f32x4.add(s20, v128.load(c2));
    s21 = f32x4.add(s21, v128.load(c2, 16));
    s30 = f32x4.add(s30, v128.load(c3));
    s31 = f32x4.add(s31, v128.load(c3, 16));
  }
  storeColumns(at, s00, s01, columns);
  if (rows > 1) storeColumns(c1, s10, s11, columns);
  if (rows > 2) storeColumns(c2, s20, s21, columns);
  if (rows > 3) storeColumns(c3, s30, s31, columns);
}
