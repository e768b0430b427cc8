import { address, real, word } from './record';
import { PackWeights, PictureProduct } from './records';
import { sumOf } from './vectors';

/**
 * The same weight for `narrowUp`: for each big channel, parity py and line j of the small picture [4, smallChannels]: of
 * the pixels to the left and in the middle for px 0, then those in the middle and to the right for px 1. A chunk is a
 * channel.
 */
export function packNarrowUp(record: usize, chunk: i32): void {
  const big = word(record, PackWeights.bigChannels);
  const small = word(record, PackWeights.smallChannels);
  const weight = address(record, PackWeights.weight);
  const bytes = (<usize>small) << 2;
  let to = address(record, PackWeights.packed) + <usize>(chunk * 16) * bytes;
  for (let py = 0; py < 2; py++)
    for (let j = 0; j < 2; j++)
      for (let px = 0; px < 2; px++)
        for (let i = 0; i < 2; i++) {
          const tap = (3 - py - 2 * j) * 4 + (3 - px - 2 * i);
          memory.copy(to, weight + <usize>(tap * big + chunk) * bytes, bytes);
          to += bytes;
        }
}

/** `up` for few big channels: one at a time, with sums over vectors of small channels. */
export function narrowUp(record: usize, chunk: i32): void {
  const perChunk = word(record, PictureProduct.perChunk);
  const first = chunk * perChunk;
  const last = min(first + perChunk, word(record, PictureProduct.images));
  const size = word(record, PictureProduct.size);
  const columns = word(record, PictureProduct.bigChannels);
  const bytes = (<usize>word(record, PictureProduct.smallChannels)) << 2;
  const packed = address(record, PictureProduct.packed);
  const bias = address(record, PictureProduct.bias);
  const through = address(record, PictureProduct.through);
  const slope = real(record, PictureProduct.slope);
  const smallLine = address(record, PictureProduct.smallLine);
  for (let image = first; image < last; image++) {
    const small =
      address(record, PictureProduct.small) + <usize>image * address(record, PictureProduct.smallImage);
    const big = address(record, PictureProduct.big) + <usize>image * address(record, PictureProduct.bigImage);
    const by = through + <usize>image * address(record, PictureProduct.throughImage);
    for (let y = 0; y < size; y++)
      for (let py = 0; py < 2; py++) {
        const line = small + <usize>(y + py) * smallLine - smallLine - bytes;
        const to = big + <usize>(2 * y + py) * address(record, PictureProduct.bigLine);
        const t = through ? by + <usize>(2 * y + py) * address(record, PictureProduct.throughLine) : 0;
        for (let n = 0; n < columns; n++) {
          const weights = packed + <usize>(16 * n + 8 * py) * bytes;
          const added = bias ? load<f32>(bias + ((<usize>n) << 2)) : 0;
          for (let x = 0; x < size; x += 2)
            narrowPixels(
              line + <usize>x * bytes,
              smallLine,
              weights,
              bytes,
              size - x > 1,
              added,
              slope,
              columns,
              to,
              t,
              2 * x,
              n,
            );
        }
      }
  }
}

/** Four neighbouring pixels of a line of one channel, from four pixels of each of two lines of the small picture. */
function narrowPixels(
  from: usize,
  smallLine: usize,
  weights: usize,
  bytes: usize,
  both: bool,
  bias: f32,
  slope: f32,
  columns: i32,
  to: usize,
  through: usize,
  x: i32,
  n: i32,
): void {
  let s0 = f32x4.splat(0),
    s1 = s0,
    s2 = s0,
    s3 = s0;
  let r0: f32 = 0,
    r1: f32 = 0,
    r2: f32 = 0,
    r3: f32 = 0;
  const whole = bytes & ~15;
  // Past the border of a picture of odd width there is nothing to read.
  const o3 = both ? bytes * 3 : bytes * 2;
  for (let j: usize = 0; j < 2; j++) {
    let a = from + j * smallLine;
    let w = weights + j * bytes * 4;
    const end = a + whole;
    const rowEnd = a + bytes;
    while (a < end) {
      const x0 = v128.load(a),
        x1 = v128.load(a + bytes),
        x2 = v128.load(a + bytes * 2),
        x3 = v128.load(a + o3);
      const w0 = v128.load(w),
        w1 = v128.load(w + bytes),
        w2 = v128.load(w + bytes * 2),
        w3 = v128.load(w + bytes * 3);
      s0 = f32x4.add(s0, f32x4.add(f32x4.mul(x0, w0), f32x4.mul(x1, w1)));
      s1 = f32x4.add(s1, f32x4.add(f32x4.mul(x1, w2), f32x4.mul(x2, w3)));
      s2 = f32x4.add(s2, f32x4.add(f32x4.mul(x1, w0), f32x4.mul(x2, w1)));
      s3 = f32x4.add(s3, f32x4.add(f32x4.mul(x2, w2), f32x4.mul(x3, w3)));
      a += 16;
      w += 16;
    }
    while (a < rowEnd) {
      const x0 = load<f32>(a),
        x1 = load<f32>(a + bytes),
        x2 = load<f32>(a + bytes * 2),
        x3 = load<f32>(a + o3);
      const w0 = load<f32>(w),
        w1 = load<f32>(w + bytes),
        w2 = load<f32>(w + bytes * 2),
        w3 = load<f32>(w + bytes * 3);
      r0 += x0 * w0 + x1 * w1;
      r1 += x1 * w2 + x2 * w3;
      r2 += x1 * w0 + x2 * w1;
      r3 += x2 * w2 + x3 * w3;
      a += 4;
      w += 4;
    }
  }
  const pixel = (<usize>columns) << 2;
  const offset = <usize>x * pixel + ((<usize>n) << 2);
  storePixel(to + offset, sumOf(s0) + r0 + bias, through ? through + offset : 0, slope);
  storePixel(to + offset + pixel, sumOf(s1) + r1 + bias, through ? through + offset + pixel : 0, slope);
  if (!both) return;
  storePixel(
    to + offset + pixel * 2,
    sumOf(s2) + r2 + bias,
    through ? through + offset + pixel * 2 : 0,
    slope,
  );
  storePixel(
    to + offset + pixel * 3,
    sumOf(s3) + r3 + bias,
    through ? through + offset + pixel * 3 : 0,
    slope,
  );
}

function storePixel(to: usize, value: f32, through: usize, slope: f32): void {
  const by = through ? load<f32>(through) : value;
  store<f32>(to, by > 0 ? value : slope * value);
}
