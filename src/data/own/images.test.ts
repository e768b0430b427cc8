import { expect, test } from 'vitest';
import { streams } from '../random/philox.ts';
import { OwnImages } from './images.ts';

const parts = { size: 4, channels: 1, factors: null, labels: new Uint16Array() };
/** Two images of one bit: the first has a corner, the second its last pixel. */
const corners = new OwnImages({
  ...parts,
  drawing: { kind: 'table', count: 2, bits: 1, pixels: Uint8Array.of(0x80, 0, 0, 1) },
});

test('bits and bytes are numbers from 0 to 1, the highest bit of a byte first', () => {
  const out = new Float32Array(16);
  corners.draw([0], out);
  expect(out).toEqual(Float32Array.from({ length: 16 }, (_, i) => (i === 0 ? 1 : 0)));
  corners.draw([1], out);
  expect(out).toEqual(Float32Array.from({ length: 16 }, (_, i) => (i === 15 ? 1 : 0)));
  const grey = new OwnImages({
    ...parts,
    drawing: { kind: 'table', count: 1, bits: 8, pixels: Uint8Array.from({ length: 16 }, (_, i) => 17 * i) },
  });
  grey.draw([0], out);
  expect(out).toEqual(Float32Array.from({ length: 16 }, (_, i) => (17 * i) / 255));
});

test('the last image of a set of more than 2^31 bits', () => {
  const [size, count] = [64, 2 ** 19 + 1];
  const pixels = new Uint8Array((count * size * size) / 8);
  pixels[pixels.length - 1] = 1;
  const large = new OwnImages({ ...parts, size, drawing: { kind: 'table', count, bits: 1, pixels } });
  const out = new Float32Array(size * size);
  large.draw([count - 1], out);
  expect([out.indexOf(1), out.lastIndexOf(1)]).toEqual([out.length - 1, out.length - 1]);
});

test('a batch has every image about as often, and follows from seed and step alone', () => {
  const draw = (step: number) => {
    const out = new Float32Array(200 * 16);
    corners.drawBatch(3, streams.batch1, step, 200, out);
    return out;
  };
  const first = draw(7)
    .filter((_, i) => i % 16 === 0)
    .reduce((sum, value) => sum + value, 0);
  expect(first).toBeGreaterThan(70);
  expect(first).toBeLessThan(130);
  expect(draw(7)).toEqual(draw(7));
  expect(draw(8)).not.toEqual(draw(7));
});

test('an image is found by its factors where there is one of each combination', () => {
  const value = { code: 'factorValue.own', values: { value: 'x' } } as const;
  const factor = {
    name: 'a',
    label: { code: 'factor.own', values: { name: 'a' } },
    values: [value, value],
  } as const;
  const pixels = Uint8Array.from({ length: 64 }, (_, i) => 51 * (i >> 4));
  const grid = {
    ...parts,
    drawing: { kind: 'table', count: 4, bits: 8, pixels },
    factors: [factor, factor],
  } as const;
  const images = new OwnImages({ ...grid, labels: Uint16Array.of(1, 1, 0, 1, 1, 0, 0, 0) });
  const at = (...factors: number[]) => {
    const out = new Float32Array(16);
    images.draw(factors, out);
    return Math.round(out[5] * 5);
  };
  expect([at(1, 1), at(0, 1), at(1, 0), at(0, 0)]).toEqual([0, 1, 2, 3]);
  expect(images.factors).toHaveLength(2);
  expect(new OwnImages({ ...grid, labels: Uint16Array.of(1, 1, 0, 1, 1, 1, 0, 0) }).factors).toBeNull();
});
