/**
 * Numbers of half precision (IEEE 754 binary16) as their bits: a file of weights is half as long with them. Node
 * and older browsers have no array of them.
 */

const words = new Float32Array(1);
const bits = new Uint32Array(words.buffer);

/**
 * The nearest number of half precision; of two equally near, the one whose last bit is 0. What is too large is
 * infinite.
 */
function halfBits(value: number): number {
  words[0] = value;
  const [word] = bits;
  const sign = (word >>> 16) & 0x8000;
  const exponent = (word >>> 23) & 0xff;
  const fraction = word & 0x7fffff;
  if (exponent === 0xff) return sign | 0x7c00 | (fraction === 0 ? 0 : 0x200);
  // Of the half, whose exponents begin at -14; below it the fraction alone counts, in steps of 2^-24.
  const power = exponent - 112;
  if (power >= 0x1f) return sign | 0x7c00;
  if (power > 0) return sign + rounded((power << 23) | fraction, 13);
  const shift = 14 - power;
  return shift > 24 ? sign : sign + rounded(fraction | 0x800000, shift);
}

/**
 * A whole number without its last bits, rounded to the nearest, ties to even. A carry reaches the exponent, as it
 * should.
 */
function rounded(whole: number, lost: number): number {
  const kept = whole >>> lost;
  const rest = whole & (2 ** lost - 1);
  const half = 2 ** (lost - 1);
  return kept + (rest > half || (rest === half && kept % 2 === 1) ? 1 : 0);
}

export function halfValue(word: number): number {
  const sign = word & 0x8000 ? -1 : 1;
  const exponent = (word >>> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

export function toHalf(numbers: Float32Array): Uint16Array<ArrayBuffer> {
  return Uint16Array.from(numbers, halfBits);
}

export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(halves, halfValue);
}
