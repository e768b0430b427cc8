import { describe, expect, test } from 'vitest';
import { multiplyHigh, philoxBlock, randomBits, streams } from './philox.ts';

describe('Philox4x32-10', () => {
  // Known answers of the Random123 library (kat_vectors), restricted to what (seed, stream, step, block) can express.
  test('known answer: all zeros', () => {
    const out = new Uint32Array(4);
    philoxBlock(0, 0, 0, 0, out, 0);
    expect([...out].map((word) => word.toString(16))).toEqual([
      '6627e8d5',
      'e169c58d',
      'bc57ac4c',
      '9b00dbd8',
    ]);
  });

  test('the high word of a product is exact', () => {
    const words = [...randomBits(7, streams.preview, 0, 64), 0, 1, 0xffffffff, 0x80000000, 0xffff, 0x10000];
    for (const a of words)
      for (const b of words) expect(multiplyHigh(a, b)).toBe(Number((BigInt(a) * BigInt(b)) >> 32n));
  });

  test('the same (seed, stream, step, index) gives the same word however many are drawn', () => {
    const long = randomBits(5, streams.noise1, 9, 103);
    for (const count of [0, 1, 2, 3, 4, 5, 50])
      expect([...randomBits(5, streams.noise1, 9, count)]).toEqual([...long.subarray(0, count)]);
  });

  test('seed, stream and step each give another sequence', () => {
    const first = (seed: number, stream: 0 | 1, step: number) => randomBits(seed, stream, step, 4).join();
    const all = [first(0, 0, 0), first(1, 0, 0), first(0, 1, 0), first(0, 0, 1), first(0xffffffff, 0, 0)];
    expect(new Set(all).size).toBe(all.length);
  });

  test('every bit is set about half of the time', () => {
    const count = 40_000;
    const bits = randomBits(3, streams.batch1, 1, count);
    for (let bit = 0; bit < 32; bit++) {
      const set = bits.reduce((sum, word) => sum + ((word >>> bit) & 1), 0);
      expect(Math.abs(set / count - 0.5)).toBeLessThan(0.0125); // five standard deviations
    }
  });
});
