import { columnBits, ellipseHalf, heart, heartSides, productBits, squareHalf } from './shapes2d.ts';

/**
 * The outlines of 2D Shapes without their tables of 157 kB: what `outline` of data/shapes2d.ts holds, bit for bit, from a
 * kilobyte of numbers and arithmetic modulo 2^64. A test compares every column.
 */

/** Sides of the heart's right half that lie above, and as many below, its widest place. */
const sides = heartSides / 2;
/** Places for the first columns of the sides: a power of two, for the search. */
const places = 32;
/** Words of a side: height at its first column and rise a column, of the upper outline and of the lower one. */
const sideWords = 8;

/** Columns whose centre lies within `x` pixels of the axis. */
const columnsWithin = (x: number) => Math.ceil(x * 2 ** columnBits - 0.5);

/** A number as low and high word of its two's complement, modulo 2^64. */
function words(value: bigint): [number, number] {
  return [Number(BigInt.asIntN(32, value)), Number(BigInt.asIntN(32, value >> 32n))];
}

/** The line through two corners of the heart, in 2^-32 of an outline's unit: height at `column` and rise a column. */
function line(from: number, column: number): number[] {
  const [a, b] = [heart[from], heart[from + 1]];
  const slope = (b.y - a.y) / (b.x - a.x);
  const height = a.y + ((column + 0.5) / 2 ** columnBits - a.x) * slope;
  const unit = 2 ** (productBits + 32);
  // Half a unit more: the high word is then the height rounded.
  const rounded = BigInt(Math.round(height * unit)) + 2n ** 31n;
  return [...words(rounded), ...words(BigInt(Math.round((slope * unit) / 2 ** columnBits)))];
}

/** First columns of the heart's sides, [places], then the sides, [sides, sideWords]: what `outlineModule` reads. */
export function heartTable(): Int32Array<ArrayBuffer> {
  const table = new Int32Array(places + sides * sideWords).fill(columnsWithin(squareHalf), 0, places);
  for (let side = 0; side < sides; side++) {
    const column = columnsWithin(heart[side].x);
    table[side] = column;
    table.set([...line(side, column), ...line(heartSides - 1 - side, column)], places + side * sideWords);
  }
  return table;
}

/**
 * Constants of v^2 <= square - ratio u^2, which for v = 2 |y| - 1 and u = 2 column + 1 says that |y| is at most the
 * ellipse's height there, rounded. Its half axes are whole hundredths of a pixel.
 */
function ellipse() {
  const hundredths = (length: number) => BigInt(Math.round(100 * length));
  const height = hundredths(ellipseHalf.y) << BigInt(productBits + 1);
  const width = hundredths(ellipseHalf.x) << BigInt(columnBits + 1);
  const unsigned = (value: bigint) => `${BigInt.asUintN(32, value)}u`;
  const square = height ** 2n / 100n ** 2n;
  const ratio = ((height ** 2n) << 32n) / width ** 2n;
  return {
    columns: columnsWithin(ellipseHalf.x),
    square: `vec2u(${unsigned(square)}, ${unsigned(square >> 32n)})`,
    ratio: unsigned(ratio >> 32n),
    fraction: unsigned(ratio),
  };
}

/**
 * `isInside(shape, column, y)`: whether y, in 2^-productBits pixels, lies between the outlines at a column. Asks for
 * philoxModule's multiplyHigh and a buffer `tables`, in which `heartTable` starts at `start`. 64-bit numbers are
 * vec2u(low, high).
 */
export function outlineModule(start: number): string {
  const { columns, square, ratio, fraction } = ellipse();
  return `
fn wideProduct(a: u32, b: u32) -> vec2u { return vec2u(a * b, multiplyHigh(a, b)); }
fn wideDifference(a: vec2u, b: vec2u) -> vec2u { return vec2u(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x)); }

fn heartHeight(at: u32, along: u32) -> i32 {
  let rise = wideProduct(u32(tables[at + 2u]), along);
  let low = u32(tables[at]) + rise.x;
  return tables[at + 1u] + i32(rise.y + u32(tables[at + 3u]) * along + select(0u, 1u, low < rise.x));
}

fn isInside(shape: u32, column: u32, y: i32) -> bool {
  let distance = u32(abs(y));
  if (shape == 0u) { return column < ${columnsWithin(squareHalf)}u && distance <= ${Math.round(squareHalf * 2 ** productBits)}u; }
  if (shape == 1u) {
    let u = 2u * column + 1u;
    let v = max(2u * distance, 1u) - 1u;
    var bound = wideDifference(${square}, wideProduct(${ratio}, u * u));
    bound = wideDifference(bound, vec2u(multiplyHigh(${fraction}, u * u), 0u));
    let excess = wideDifference(bound, wideProduct(v, v));
    return column < ${columns}u && (excess.y & 0x80000000u) == 0u;
  }
  if (column >= ${columnsWithin(squareHalf)}u) { return false; }
  var side = 0u;
  for (var jump = ${places / 2}u; jump > 0u; jump >>= 1u) {
    side += select(0u, jump, u32(tables[${start}u + side + jump]) <= column);
  }
  // The upper outline lies above its widest place and the lower one below.
  let lower = y > ${Math.round(heart[sides].y * 2 ** productBits)};
  let at = ${start + places}u + side * ${sideWords}u + select(0u, 4u, lower);
  let height = heartHeight(at, column - u32(tables[${start}u + side]));
  return select(y >= height, y <= height, lower);
}
`;
}
