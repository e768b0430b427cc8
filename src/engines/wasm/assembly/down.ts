import { packColumns } from './dense';
import { address, real, word } from './record';
import { PackWeights, PictureProduct } from './records';
import { storeThrough } from './vectors';

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
