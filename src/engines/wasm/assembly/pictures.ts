import { packColumns } from './dense';
import { address, real, word } from './record';
import { ColumnSums, CopyPicture, PackWeights, PictureFilter, PictureProduct } from './records';
import { slopeWhere, storeColumns } from './vectors';

/**
 * Convolutions (kernel 4, stride 2, padding 1) as products, read in place: a picture that is read by neighbours has a
 * border of zeros of one pixel, so that the pixels that a row of the kernel meets lie one behind the other.
 */

/** Weight [16 * bigChannels, smallChannels] in panels of 8 columns. */
export function packDown(record: usize, chunk: i32): void {
  const rows = 16 * word(record, PackWeights.bigChannels);
  const columns = word(record, PackWeights.smallChannels);
  const n = chunk * 8;
  const from = address(record, PackWeights.weight) + ((<usize>n) << 2);
  const to = address(record, PackWeights.packed) + ((<usize>(chunk * rows)) << 5);
  packColumns(from, (<usize>columns) << 2, rows, columns - n, to);
}

/** Small picture from the big one. */
export function down(record: usize, chunk: i32): void {
  const big = address(record, PictureProduct.big);
  const bigLine = address(record, PictureProduct.bigLine);
  const bigImage = address(record, PictureProduct.bigImage);
  const small = address(record, PictureProduct.small);
  const smallLine = address(record, PictureProduct.smallLine);
  const smallImage = address(record, PictureProduct.smallImage);
  const packed = address(record, PictureProduct.packed);
  const channels = word(record, PictureProduct.bigChannels);
  const columns = word(record, PictureProduct.smallChannels);
  const size = word(record, PictureProduct.size);
  const bias = address(record, PictureProduct.bias);
  const through = address(record, PictureProduct.through);
  const throughLine = address(record, PictureProduct.throughLine);
  const throughImage = address(record, PictureProduct.throughImage);
  const slope = f32x4.splat(real(record, PictureProduct.slope));
  const perChunk = word(record, PictureProduct.perChunk);
  const first = chunk * perChunk;
  const last = min(first + perChunk, word(record, PictureProduct.images));
  const pixel = (<usize>channels) << 3;
  const segment = (<usize>channels) << 4;
  const resultPixel = (<usize>columns) << 2;
  const panel = segment << 5;
  for (let image = first; image < last; image++)
    for (let y = 0; y < size; y++) {
      const line = big + <usize>image * bigImage + <usize>(2 * y) * bigLine - bigLine - (pixel >> 1);
      let weights = packed;
      for (let n = 0; n < columns; n += 8) {
        const valid = min(8, columns - n);
        for (let x = 0; x < size; x += 4) {
          const left = size - x;
          const start = line + <usize>x * pixel;
          const o1 = left > 1 ? pixel : 0;
          const o2 = left > 2 ? pixel * 2 : 0;
          const o3 = left > 3 ? pixel * 3 : 0;
          let s00 = f32x4.splat(0),
            s01 = s00,
            s10 = s00,
            s11 = s00,
            s20 = s00,
            s21 = s00,
            s30 = s00,
            s31 = s00;
          let p = weights;
          for (let ky: usize = 0; ky < 4; ky++) {
            let a = start + ky * bigLine;
            const end = a + segment;
            while (a < end) {
              const b0 = v128.load(p),
                b1 = v128.load(p, 16);
              p += 32;
              let v = v128.load32_splat(a);
              s00 = f32x4.add(s00, f32x4.mul(v, b0));
              s01 = f32x4.add(s01, f32x4.mul(v, b1));
              v = v128.load32_splat(a + o1);
              s10 = f32x4.add(s10, f32x4.mul(v, b0));
              s11 = f32x4.add(s11, f32x4.mul(v, b1));
              v = v128.load32_splat(a + o2);
              s20 = f32x4.add(s20, f32x4.mul(v, b0));
              s21 = f32x4.add(s21, f32x4.mul(v, b1));
              v = v128.load32_splat(a + o3);
              s30 = f32x4.add(s30, f32x4.mul(v, b0));
              s31 = f32x4.add(s31, f32x4.mul(v, b1));
              a += 4;
            }
          }
          if (bias) {
            const at = bias + ((<usize>n) << 2);
            const e0 = v128.load(at),
              e1 = v128.load(at, 16);
            s00 = f32x4.add(s00, e0);
            s01 = f32x4.add(s01, e1);
            s10 = f32x4.add(s10, e0);
            s11 = f32x4.add(s11, e1);
            s20 = f32x4.add(s20, e0);
            s21 = f32x4.add(s21, e1);
            s30 = f32x4.add(s30, e0);
            s31 = f32x4.add(s31, e1);
          }
          const offset = <usize>x * resultPixel + ((<usize>n) << 2);
          let to = small + <usize>image * smallImage + <usize>y * smallLine + offset;
          // Without a picture of its own the sign is the result's.
          let t = through ? through + <usize>image * throughImage + <usize>y * throughLine + offset : 0;
          storeThrough(to, s00, s01, t, slope, valid);
          to += resultPixel;
          if (t) t += resultPixel;
          if (left > 1) storeThrough(to, s10, s11, t, slope, valid);
          to += resultPixel;
          if (t) t += resultPixel;
          if (left > 2) storeThrough(to, s20, s21, t, slope, valid);
          to += resultPixel;
          if (t) t += resultPixel;
          if (left > 3) storeThrough(to, s30, s31, t, slope, valid);
        }
        weights += panel;
      }
    }
}

function storeThrough(to: usize, a: v128, b: v128, through: usize, slope: v128, valid: i32): void {
  const byA = through ? v128.load(through) : a;
  const byB = through ? v128.load(through, 16) : b;
  storeColumns(to, slopeWhere(a, byA, slope), slopeWhere(b, byB, slope), valid);
}

/**
 * Weight [4, 4, bigChannels, smallChannels] for `up`: for each parity (py, px) panels of 8 big channels, each [2, 2,
 * smallChannels, 8] of the lines and columns of the small picture that reach a pixel of that parity. A chunk is a panel.
 */
export function packUp(record: usize, chunk: i32): void {
  const big = word(record, PackWeights.bigChannels);
  const small = word(record, PackWeights.smallChannels);
  const panels = (big + 7) >> 3;
  const parity = chunk / panels;
  const from = (chunk % panels) * 8;
  const count = min(8, big - from);
  const weight = address(record, PackWeights.weight);
  let to = address(record, PackWeights.packed) + ((<usize>(chunk * 4 * small)) << 5);
  for (let j = 0; j < 2; j++)
    for (let i = 0; i < 2; i++) {
      const ky = 3 - (parity >> 1) - 2 * j;
      const kx = 3 - (parity & 1) - 2 * i;
      const tap = weight + ((<usize>((ky * 4 + kx) * big + from) * small) << 2);
      for (let s = 0; s < small; s++) {
        for (let c = 0; c < 8; c++)
          store<f32>(
            to + ((<usize>c) << 2),
            c < count ? load<f32>(tap + ((<usize>(c * small + s)) << 2)) : 0,
          );
        to += 32;
      }
    }
}

/** Big picture from the small one: each of the four parities of its pixels is a product with four taps. */
export function up(record: usize, chunk: i32): void {
  const big = address(record, PictureProduct.big);
  const bigLine = address(record, PictureProduct.bigLine);
  const bigImage = address(record, PictureProduct.bigImage);
  const small = address(record, PictureProduct.small);
  const smallLine = address(record, PictureProduct.smallLine);
  const smallImage = address(record, PictureProduct.smallImage);
  const packed = address(record, PictureProduct.packed);
  const columns = word(record, PictureProduct.bigChannels);
  const channels = word(record, PictureProduct.smallChannels);
  const size = word(record, PictureProduct.size);
  const bias = address(record, PictureProduct.bias);
  const through = address(record, PictureProduct.through);
  const throughLine = address(record, PictureProduct.throughLine);
  const throughImage = address(record, PictureProduct.throughImage);
  const slope = f32x4.splat(real(record, PictureProduct.slope));
  const perChunk = word(record, PictureProduct.perChunk);
  const first = chunk * perChunk;
  const last = min(first + perChunk, word(record, PictureProduct.images));
  const pixel = (<usize>channels) << 2;
  const segment = (<usize>channels) << 3;
  const resultPixel = (<usize>columns) << 3;
  const panel = segment << 4;
  for (let image = first; image < last; image++)
    for (let y = 0; y < size; y++) {
      let weights = packed;
      for (let parity = 0; parity < 4; parity++) {
        const py = parity >> 1;
        const px = parity & 1;
        const line =
          small +
          <usize>image * smallImage +
          <usize>(y + py) * smallLine -
          smallLine +
          <usize>px * pixel -
          pixel;
        const resultRow = 2 * y + py;
        for (let n = 0; n < columns; n += 8) {
          const valid = min(8, columns - n);
          for (let x = 0; x < size; x += 4) {
            const left = size - x;
            const start = line + <usize>x * pixel;
            const o1 = left > 1 ? pixel : 0;
            const o2 = left > 2 ? pixel * 2 : 0;
            const o3 = left > 3 ? pixel * 3 : 0;
            let s00 = f32x4.splat(0),
              s01 = s00,
              s10 = s00,
              s11 = s00,
              s20 = s00,
              s21 = s00,
              s30 = s00,
              s31 = s00;
            let p = weights;
            for (let j: usize = 0; j < 2; j++) {
              let a = start + j * smallLine;
              const end = a + segment;
              while (a < end) {
                const b0 = v128.load(p),
                  b1 = v128.load(p, 16);
                p += 32;
                let v = v128.load32_splat(a);
                s00 = f32x4.add(s00, f32x4.mul(v, b0));
                s01 = f32x4.add(s01, f32x4.mul(v, b1));
                v = v128.load32_splat(a + o1);
                s10 = f32x4.add(s10, f32x4.mul(v, b0));
                s11 = f32x4.add(s11, f32x4.mul(v, b1));
                v = v128.load32_splat(a + o2);
                s20 = f32x4.add(s20, f32x4.mul(v, b0));
                s21 = f32x4.add(s21, f32x4.mul(v, b1));
                v = v128.load32_splat(a + o3);
                s30 = f32x4.add(s30, f32x4.mul(v, b0));
                s31 = f32x4.add(s31, f32x4.mul(v, b1));
                a += 4;
              }
            }
            if (bias) {
              const at = bias + ((<usize>n) << 2);
              const e0 = v128.load(at),
                e1 = v128.load(at, 16);
              s00 = f32x4.add(s00, e0);
              s01 = f32x4.add(s01, e1);
              s10 = f32x4.add(s10, e0);
              s11 = f32x4.add(s11, e1);
              s20 = f32x4.add(s20, e0);
              s21 = f32x4.add(s21, e1);
              s30 = f32x4.add(s30, e0);
              s31 = f32x4.add(s31, e1);
            }
            const offset = <usize>x * resultPixel + ((<usize>(px * columns + n)) << 2);
            let to = big + <usize>image * bigImage + <usize>resultRow * bigLine + offset;
            let t = through
              ? through + <usize>image * throughImage + <usize>resultRow * throughLine + offset
              : 0;
            storeThrough(to, s00, s01, t, slope, valid);
            to += resultPixel;
            if (t) t += resultPixel;
            if (left > 1) storeThrough(to, s10, s11, t, slope, valid);
            to += resultPixel;
            if (t) t += resultPixel;
            if (left > 2) storeThrough(to, s20, s21, t, slope, valid);
            to += resultPixel;
            if (t) t += resultPixel;
            if (left > 3) storeThrough(to, s30, s31, t, slope, valid);
          }
          weights += panel;
        }
      }
    }
}

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

function sumOf(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

function storePixel(to: usize, value: f32, through: usize, slope: f32): void {
  const by = through ? load<f32>(through) : value;
  store<f32>(to, by > 0 ? value : slope * value);
}

/**
 * Gradient by a convolution's weight. A chunk takes some rows of one row of the kernel, all images one after the other:
 * a sum is never divided among threads. A few images are summed before they are added to the others, which keeps the
 * error of long sums small.
 */
export function pictureFilter(record: usize, chunk: i32): void {
  const big = address(record, PictureFilter.big);
  const bigLine = address(record, PictureFilter.bigLine);
  const bigImage = address(record, PictureFilter.bigImage);
  const small = address(record, PictureFilter.small);
  const smallLine = address(record, PictureFilter.smallLine);
  const smallImage = address(record, PictureFilter.smallImage);
  const channels = word(record, PictureFilter.bigChannels);
  const columns = word(record, PictureFilter.smallChannels);
  const size = word(record, PictureFilter.size);
  const images = word(record, PictureFilter.images);
  const perChunk = word(record, PictureFilter.perChunk);
  const perSum = word(record, PictureFilter.perSum);
  const rows = 4 * channels;
  const chunks = (rows + perChunk - 1) / perChunk;
  const ky = chunk / chunks;
  const from = (chunk % chunks) * perChunk;
  const to = min(from + perChunk, rows);
  const pixel = (<usize>channels) << 3;
  const resultLine = (<usize>columns) << 2;
  const result = address(record, PictureFilter.result) + <usize>(ky * rows) * resultLine;
  const start = big + <usize>ky * bigLine - bigLine - (pixel >> 1);
  const twoLines = bigLine * 2;
  for (let image = 0; image < images; image += perSum) {
    const last = min(image + perSum, images);
    for (let n = 0; n < columns; n += 8) {
      const valid = min(8, columns - n);
      for (let r = from; r < to; r += 4) {
        let s00 = f32x4.splat(0),
          s01 = s00,
          s10 = s00,
          s11 = s00,
          s20 = s00,
          s21 = s00,
          s30 = s00,
          s31 = s00;
        for (let i = image; i < last; i++) {
          let line = start + <usize>i * bigImage + ((<usize>r) << 2);
          let gradientLine = small + <usize>i * smallImage + ((<usize>n) << 2);
          for (let y = 0; y < size; y++) {
            let a = line;
            let d = gradientLine;
            const end = a + <usize>size * pixel;
            while (a < end) {
              const b0 = v128.load(d),
                b1 = v128.load(d, 16);
              d += resultLine;
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
            line += twoLines;
            gradientLine += smallLine;
          }
        }
        const c0 = result + <usize>r * resultLine + ((<usize>n) << 2);
        const c1 = c0 + resultLine;
        const c2 = c1 + resultLine;
        const c3 = c2 + resultLine;
        if (image) {
          s00 = f32x4.add(s00, v128.load(c0));
          s01 = f32x4.add(s01, v128.load(c0, 16));
          s10 = f32x4.add(s10, v128.load(c1));
          s11 = f32x4.add(s11, v128.load(c1, 16));
          s20 = f32x4.add(s20, v128.load(c2));
          s21 = f32x4.add(s21, v128.load(c2, 16));
          s30 = f32x4.add(s30, v128.load(c3));
          s31 = f32x4.add(s31, v128.load(c3, 16));
        }
        storeColumns(c0, s00, s01, valid);
        storeColumns(c1, s10, s11, valid);
        storeColumns(c2, s20, s21, valid);
        storeColumns(c3, s30, s31, valid);
      }
    }
  }
}

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
