import { expect, test } from 'vitest';
import { fromHalf, toHalf } from './half.ts';

test.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65519.99, 0x7bff],
  [65520, 0x7c00],
  [-1e9, 0xfc00],
  [Number.POSITIVE_INFINITY, 0x7c00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [1.5 * 2 ** -25, 0x0001],
  [1e-12, 0x0000],
  // Halfway between two: to the one whose last bit is 0.
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  // Rounding up carries into the exponent.
  [2 - 2 ** -12, 0x4000],
  [2 ** -14 - 2 ** -26, 0x0400],
])('%d has the bits %i', (value, bits) => {
  expect([...toHalf(Float32Array.of(value))]).toEqual([bits]);
});

test('every half is itself again', () => {
  const finite = Uint16Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
    (bits) => (bits & 0x7c00) !== 0x7c00,
  );
  expect(toHalf(fromHalf(finite))).toEqual(finite);
});

test('what is no number stays so', () => {
  expect(fromHalf(toHalf(Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY)))).toEqual(
    Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY),
  );
});
