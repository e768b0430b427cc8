import { address, real, word } from './record';
import { DenseFilter, DenseForward, DenseInput } from './records';
import { addTransposed } from './transposed';
import { slopeWhere, storeColumns, sumsOfFour } from './vectors';

/** Rows of a weight, or samples, whose products are summed before the next are read: what fits the first cache. */
const depth = 256;
const filterDepth = 128;

/**
 * Copies `rows` rows of 8 columns, `stride` bytes apart, to where they lie one behind the other. Of fewer than 8
 * columns the rest is 0.
 */
export function packColumns(from: usize, stride: usize, rows: i32, columns: i32, to: usize): void {
  const end = to + ((<usize>rows) << 5);
  if (columns >= 8) {
    while (to < end) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      from += stride;
      to += 32;
    }
    return;
  }
  const bytes = (<usize>columns) << 2;
  while (to < end) {
    v128.store(to, f32x4.splat(0));
    v128.store(to, f32x4.splat(0), 16);
    memory.copy(to, from, bytes);
    from += stride;
    to += 32;
  }
}

export function denseForward(record: usize, chunk: i32, scratch: usize): void {
  const rows = word(record, DenseForward.rows);
  const inner = word(record, DenseForward.inner);
  const columns = word(record, DenseForward.columns);
  const perChunk = word(record, DenseForward.perChunk);
  const input = address(record, DenseForward.input);
  const weight = address(record, DenseForward.weight);
  const bias = address(record, DenseForward.bias);
  const output = address(record, DenseForward.output);
  const slope = f32x4.splat(real(record, DenseForward.slope));
  const inputLine = (<usize>inner) << 2;
  const line = (<usize>columns) << 2;
  const from = chunk * perChunk;
  const to = min(from + perChunk, columns);
  for (let k = 0; k < inner; k += depth) {
    const count = min(depth, inner - k);
    const isFirst = k === 0;
    const isLast = k + count === inner;
    for (let n = from; n < to; n += 8) {
      const valid = min(8, columns - n);
      packColumns(weight + <usize>k * line + ((<usize>n) << 2), line, count, valid, scratch);
      const end = scratch + ((<usize>count) << 5);
      for (let m = 0; m < rows; m += 4) {
        // Rows past the last one repeat it, and are not stored.
        const left = rows - m;
        let a0 = input + <usize>m * inputLine + ((<usize>k) << 2);
        let a1 = left > 1 ? a0 + inputLine : a0;
        let a2 = left > 2 ? a1 + inputLine : a1;
        let a3 = left > 3 ? a2 + inputLine : a2;
        const c0 = output + <usize>m * line + ((<usize>n) << 2);
        const c1 = left > 1 ? c0 + line : c0;
        const c2 = left > 2 ? c1 + line : c1;
        const c3 = left > 3 ? c2 + line : c2;
        let s00 = f32x4.splat(0),
          s01 = s00,
          s10 = s00,
          s11 = s00,
          s20 = s00,
          s21 = s00,
          s30 = s00,
          s31 = s00;
        if (!isFirst) {
          s00 = v128.load(c0);
          s01 = v128.load(c0, 16);
          s10 = v128.load(c1);
          s11 = v128.load(c1, 16);
          s20 = v128.load(c2);
          s21 = v128.load(c2, 16);
          s30 = v128.load(c3);
          s31 = v128.load(c3, 16);
        }
        let p = scratch;
        while (p < end) {
          const b0 = v128.load(p),
            b1 = v128.load(p, 16);
          p += 32;
          let x = v128.load32_splat(a0);
          s00 = f32x4.add(s00, f32x4.mul(x, b0));
          s01 = f32x4.add(s01, f32x4.mul(x, b1));
          x = v128.load32_splat(a1);
          s10 = f32x4.add(s10, f32x4.mul(x, b0));
          s11 = f32x4.add(s11, f32x4.mul(x, b1));
          x = v128.load32_splat(a2);
          s20 = f32x4.add(s20, f32x4.mul(x, b0));
          s21 = f32x4.add(s21, f32x4.mul(x, b1));
          x = v128.load32_splat(a3);
          s30 = f32x4.add(s30, f32x4.mul(x, b0));
          s31 = f32x4.add(s31, f32x4.mul(x, b1));
          a0 += 4;
          a1 += 4;
          a2 += 4;
          a3 += 4;
        }
        if (isLast) {
          const at = bias + ((<usize>n) << 2);
          const e0 = bias ? v128.load(at) : f32x4.splat(0),
            e1 = bias ? v128.load(at, 16) : f32x4.splat(0);
          s00 = f32x4.add(s00, e0);
          s01 = f32x4.add(s01, e1);
          s10 = f32x4.add(s10, e0);
          s11 = f32x4.add(s11, e1);
          s20 = f32x4.add(s20, e0);
          s21 = f32x4.add(s21, e1);
          s30 = f32x4.add(s30, e0);
          s31 = f32x4.add(s31, e1);
          s00 = slopeWhere(s00, s00, slope);
          s01 = slopeWhere(s01, s01, slope);
          s10 = slopeWhere(s10, s10, slope);
          s11 = slopeWhere(s11, s11, slope);
          s20 = slopeWhere(s20, s20, slope);
          s21 = slopeWhere(s21, s21, slope);
          s30 = slopeWhere(s30, s30, slope);
          s31 = slopeWhere(s31, s31, slope);
        }
        storeColumns(c0, s00, s01, valid);
        if (left > 1) storeColumns(c1, s10, s11, valid);
        if (left > 2) storeColumns(c2, s20, s21, valid);
        if (left > 3) storeColumns(c3, s30, s31, valid);
      }
    }
  }
}

/** Four sums over what a vector could not take: of one row of the gradient with four rows of the weight. */
function restOf(d: usize, end: usize, w0: usize, w1: usize, w2: usize, w3: usize): v128 {
  let sums = f32x4.splat(0);
  while (d < end) {
    const w = f32x4.replace_lane(
      f32x4.replace_lane(f32x4.replace_lane(f32x4.splat(load<f32>(w0)), 1, load<f32>(w1)), 2, load<f32>(w2)),
      3,
      load<f32>(w3),
    );
    sums = f32x4.add(sums, f32x4.mul(v128.load32_splat(d), w));
    d += 4;
    w0 += 4;
    w1 += 4;
    w2 += 4;
    w3 += 4;
  }
  return sums;
}

export function denseInput(record: usize, chunk: i32): void {
  const rows = word(record, DenseInput.rows);
  const inputs = word(record, DenseInput.inputs);
  const outputs = word(record, DenseInput.outputs);
  const perChunk = word(record, DenseInput.perChunk);
  const gradient = address(record, DenseInput.gradient);
  const weight = address(record, DenseInput.weight);
  const through = address(record, DenseInput.through);
  const result = address(record, DenseInput.result);
  const slope = f32x4.splat(real(record, DenseInput.slope));
  const line = (<usize>outputs) << 2;
  const whole = (<usize>(outputs & ~3)) << 2;
  const resultLine = (<usize>inputs) << 2;
  const from = chunk * perChunk;
  const to = min(from + perChunk, inputs);
  for (let k = from; k < to; k += 4) {
    const valid = inputs - k;
    const w0 = weight + <usize>k * line;
    const w1 = valid > 1 ? w0 + line : w0;
    const w2 = valid > 2 ? w1 + line : w1;
    const w3 = valid > 3 ? w2 + line : w2;
    for (let m = 0; m < rows; m += 2) {
      const both = m + 1 < rows;
      let d0 = gradient + <usize>m * line;
      let d1 = both ? d0 + line : d0;
      const end = d0 + whole;
      const rowEnd = d0 + line;
      let a = w0,
        b = w1,
        c = w2,
        d = w3;
      let s00 = f32x4.splat(0),
        s01 = s00,
        s02 = s00,
        s03 = s00,
        s10 = s00,
        s11 = s00,
        s12 = s00,
        s13 = s00;
      while (d0 < end) {
        const x0 = v128.load(d0),
          x1 = v128.load(d1);
        let y = v128.load(a);
        s00 = f32x4.add(s00, f32x4.mul(x0, y));
        s10 = f32x4.add(s10, f32x4.mul(x1, y));
        y = v128.load(b);
        s01 = f32x4.add(s01, f32x4.mul(x0, y));
        s11 = f32x4.add(s11, f32x4.mul(x1, y));
        y = v128.load(c);
        s02 = f32x4.add(s02, f32x4.mul(x0, y));
        s12 = f32x4.add(s12, f32x4.mul(x1, y));
        y = v128.load(d);
        s03 = f32x4.add(s03, f32x4.mul(x0, y));
        s13 = f32x4.add(s13, f32x4.mul(x1, y));
        d0 += 16;
        d1 += 16;
        a += 16;
        b += 16;
        c += 16;
        d += 16;
      }
      let sums0 = sumsOfFour(s00, s01, s02, s03);
      let sums1 = sumsOfFour(s10, s11, s12, s13);
      if (d0 < rowEnd) {
        sums0 = f32x4.add(sums0, restOf(d0, rowEnd, a, b, c, d));
        sums1 = f32x4.add(sums1, restOf(d1, d1 + (rowEnd - d0), a, b, c, d));
      }
      const offset = <usize>m * resultLine + ((<usize>k) << 2);
      if (through) sums0 = slopeWhere(sums0, v128.load(through + offset), slope);
      storeColumns(result + offset, sums0, sums0, min(valid, 4));
      if (both) {
        if (through) sums1 = slopeWhere(sums1, v128.load(through + offset + resultLine), slope);
        storeColumns(result + offset + resultLine, sums1, sums1, min(valid, 4));
      }
    }
  }
}

/** Copies `rows` rows of up to 4 numbers to where they lie one behind the other; of fewer than 4 the rest is 0. */
function packFours(from: usize, stride: usize, rows: i32, count: i32, to: usize): void {
  const end = to + ((<usize>rows) << 4);
  const bytes = (<usize>min(count, 4)) << 2;
  while (to < end) {
    if (count >= 4) v128.store(to, v128.load(from));
    else {
      v128.store(to, f32x4.splat(0));
      memory.copy(to, from, bytes);
    }
    from += stride;
    to += 16;
  }
}

export function denseFilter(record: usize, chunk: i32, scratch: usize): void {
  const rows = word(record, DenseFilter.rows);
  const inputs = word(record, DenseFilter.inputs);
  const outputs = word(record, DenseFilter.outputs);
  const perChunk = word(record, DenseFilter.perChunk);
  const input = address(record, DenseFilter.input);
  const gradient = address(record, DenseFilter.gradient);
  const result = address(record, DenseFilter.result);
  const inputLine = (<usize>inputs) << 2;
  const line = (<usize>outputs) << 2;
  const from = chunk * perChunk;
  const to = min(from + perChunk, inputs);
  const panel = scratch;
  const strips = scratch + ((<usize>filterDepth) << 5);
  for (let m = 0; m < rows; m += filterDepth) {
    const count = min(filterDepth, rows - m);
    const stripBytes = (<usize>count) << 4;
    let strip = strips;
    for (let k = from; k < to; k += 4) {
      packFours(input + <usize>m * inputLine + ((<usize>k) << 2), inputLine, count, inputs - k, strip);
      strip += stripBytes;
    }
    for (let n = 0; n < outputs; n += 8) {
      packColumns(gradient + <usize>m * line + ((<usize>n) << 2), line, count, outputs - n, panel);
      let x = strips;
      for (let k = from; k < to; k += 4) {
        const at = result + <usize>k * line + ((<usize>n) << 2);
        const valid = min(4, inputs - k);
        addTransposed(x, 16, count, 1, 0, 0, 0, panel, at, line, valid, min(8, outputs - n), m > 0);
        x += stripBytes;
      }
    }
  }
}
