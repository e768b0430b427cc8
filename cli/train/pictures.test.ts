import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import type { Picture, PictureSet } from '../../src/model/pictures.ts';
import { keptPictureSchema } from '../../src/record/keptPicture.ts';
import { keptTraversals, reconstructionsPng, traversalsPng } from './pictures.ts';

/** A picture of 2 x 2 pixels, all of one grey but the last. */
function picture(grey: number, last: number): Picture {
  const pixels = new Uint8ClampedArray(
    [grey, grey, grey, last].flatMap((value) => [value, value, value, 255]),
  );
  return { width: 2, height: 2, pixels };
}

const pictures: PictureSet = {
  step: 1,
  inputs: [picture(0, 255), picture(10, 20)],
  reconstructions: [picture(30, 40), picture(50, 60)],
  generated: null,
  base: { picture: picture(0, 0), factors: [0] },
  traversal: {
    code: new Float32Array(3),
    values: [-3, 3],
    rows: [
      [picture(1, 2), picture(3, 4)],
      [picture(5, 6), picture(7, 8)],
      [picture(9, 10), picture(11, 12)],
    ],
  },
};

/** Pictures take 6 pixels a side, with 2 of grey around each. */
function pixelOf(png: Uint8Array | null) {
  if (!png) throw new Error('there is no picture');
  const { width, height, data } = decode(png);
  return {
    size: [width, height],
    at: (x: number, y: number) => [...data.subarray(4 * (y * width + x)).slice(0, 4)],
  };
}
const grey = (value: number) => [value, value, value, 255];

test('images stand above their reconstructions', () => {
  const { size, at } = pixelOf(reconstructionsPng(pictures));
  expect(size).toEqual([2 * 8 + 2, 2 * 8 + 2]);
  expect(at(0, 0)).toEqual(grey(128));
  expect(at(2, 2)).toEqual(grey(0));
  expect(at(4, 4)).toEqual(grey(0));
  expect(at(5, 5)).toEqual(grey(255));
  expect(at(7, 7)).toEqual(grey(255));
  expect(at(8, 8)).toEqual(grey(128));
  expect(at(10, 2)).toEqual(grey(10));
  expect(at(2, 10)).toEqual(grey(30));
  expect(at(15, 15)).toEqual(grey(60));
});

test('a traversal takes a row for each latent', () => {
  const { size, at } = pixelOf(traversalsPng(pictures));
  expect(size).toEqual([2 * 8 + 2, 3 * 8 + 2]);
  expect(at(2, 18)).toEqual(grey(9));
  expect(at(15, 23)).toEqual(grey(12));
});

test('of what a model cannot there is no picture', () => {
  expect(reconstructionsPng({ ...pictures, reconstructions: null })).toBeNull();
  expect(traversalsPng({ ...pictures, traversal: null })).toBeNull();
});

test('the record of a run keeps the traversals in their own size', () => {
  const kept = keptTraversals(pictures);
  const { width, height, channels, data } = decode(Buffer.from(kept?.png ?? '', 'base64'));
  expect({ step: kept?.step, width, height }).toEqual({ step: 1, width: 7, height: 10 });
  const greyAt = (x: number, y: number) => data[channels * (y * width + x)];
  expect([greyAt(1, 1), greyAt(2, 2), greyAt(4, 7), greyAt(5, 8)]).toEqual([1, 2, 11, 12]);
  expect(keptPictureSchema.safeParse(kept).success).toBe(true);
  expect(keptTraversals({ ...pictures, traversal: null })).toBeNull();
});
