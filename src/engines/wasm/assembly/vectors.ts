/** Small functions of vectors of four float32. The compiler puts them in place of their calls. */

/** x, times the slope where `by` is not positive. */
export function slopeWhere(x: v128, by: v128, slope: v128): v128 {
  return f32x4.mul(x, v128.bitselect(f32x4.splat(1), slope, f32x4.gt(by, f32x4.splat(0))));
}

/** Stores the first `count` of 8 numbers. */
export function storeColumns(to: usize, a: v128, b: v128, count: i32): void {
  if (count >= 8) {
    v128.store(to, a);
    v128.store(to, b, 16);
    return;
  }
  let v = a;
  if (count >= 4) {
    v128.store(to, a);
    to += 16;
    count -= 4;
    v = b;
  }
  if (count > 0) v128.store32_lane(to, v, 0);
  if (count > 1) v128.store32_lane(to, v, 1, 4);
  if (count > 2) v128.store32_lane(to, v, 2, 8);
}

/** Stores the first `valid` of 8 numbers, times the slope where those at `through` are not positive; without it, the own. */
export function storeThrough(to: usize, a: v128, b: v128, through: usize, slope: v128, valid: i32): void {
  const byA = through ? v128.load(through) : a;
  const byB = through ? v128.load(through, 16) : b;
  storeColumns(to, slopeWhere(a, byA, slope), slopeWhere(b, byB, slope), valid);
}

/** The sum of its four numbers. */
export function sumOf(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) +
    f32x4.extract_lane(v, 1) +
    (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** The sum of each of four vectors. */
export function sumsOfFour(a: v128, b: v128, c: v128, d: v128): v128 {
  const x = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const y = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(x, y, 0, 1, 4, 5), v128.shuffle<f32>(x, y, 2, 3, 6, 7));
}

/**
 * exp of numbers that are not positive, within 1e-7 of it; 0 below -46, where it is 1e-20; what is no number stays
 * so. The pull of pixels that are always black would else go on towards 1e-38, and gradients behind it below that,
 * where a processor takes a hundred times as long. Of white pixels float32 tells no pull below 6e-8 from 0.
 */
export function expNegative(x: v128): v128 {
  const least = f32x4.splat(-46);
  const limited = f32x4.max(x, least);
  const n = f32x4.nearest(f32x4.mul(limited, f32x4.splat(<f32>Math.LOG2E)));
  // ln 2 in two parts, of which the first has few bits, so that n times it is exact.
  const r = f32x4.sub(
    f32x4.sub(limited, f32x4.mul(n, f32x4.splat(0.693359375))),
    f32x4.mul(n, f32x4.splat(-2.1219444e-4)),
  );
  let p = f32x4.splat(1.98756915e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.5));
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1));
  // Times 2^n, by the bits of the exponent.
  const result = i32x4.add(p, i32x4.shl(i32x4.trunc_sat_f32x4_s(n), 23));
  return v128.andnot(result, f32x4.lt(x, least));
}

/** log(1 + e) of numbers from 0 to 1: 2 atanh(e / (2 + e)). */
export function logOnePlus(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  const q = f32x4.mul(s, s);
  let p = f32x4.splat(1.0 / 13);
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 11));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 9));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 7));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 5));
  p = f32x4.add(f32x4.mul(p, q), f32x4.splat(1.0 / 3));
  return f32x4.mul(f32x4.add(s, s), f32x4.add(f32x4.mul(p, q), f32x4.splat(1)));
}
