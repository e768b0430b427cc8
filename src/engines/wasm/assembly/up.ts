import { address, real, word } from './record';
import { PackWeights, PictureProduct } from './records';
import { storeThrough } from './vectors';

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
