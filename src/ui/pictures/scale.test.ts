import { expect, test } from 'vitest';
import { columnsShown, fitRow, fitRows, wholeScale } from './scale.ts';

test('pictures are drawn at whole multiples of device pixels', () => {
  expect(wholeScale(296, 592, 1)).toBe(2);
  expect(wholeScale(296, 591, 1)).toBe(1);
  expect(wholeScale(296, 444, 2)).toBe(1.5);
  expect(wholeScale(600, 300, 1)).toBe(1);
  expect(wholeScale(600, 300, 3)).toBeCloseTo(1 / 3, 12);
});

test('where columns do not fit, every second or fourth is shown, ends included', () => {
  expect(columnsShown(9, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(columnsShown(9, 7)).toEqual([0, 2, 4, 6, 8]);
  expect(columnsShown(9, 4)).toEqual([0, 4, 8]);
  expect(columnsShown(9, 1)).toEqual([0, 8]);
  expect(columnsShown(1, 1)).toEqual([0]);
});

test('a row shows all of its pictures as large as they fit, and fewer where they would be too small', () => {
  const row = { count: 9, tile: 32 };
  const all = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  expect(fitRow({ ...row, available: 600 }, 1)).toEqual({ columns: all, gap: 1, scale: 2 });
  expect(fitRow({ ...row, available: 300 }, 1)).toEqual({ columns: all, gap: 1, scale: 1 });
  expect(fitRow({ ...row, available: 300, least: 44 }, 1)).toEqual({
    columns: [0, 2, 4, 6, 8],
    gap: 1,
    scale: 1,
  });
  expect(fitRow({ ...row, available: 300, beside: 1 }, 1).columns).toHaveLength(5);
});

test('a picture is never smaller than a device pixel for each of its own', () => {
  expect(fitRow({ count: 9, tile: 64, available: 400, least: 44 }, 1).columns).toHaveLength(5);
  expect(fitRow({ count: 9, tile: 64, available: 450, least: 44 }, 2).columns).toHaveLength(9);
});

test('rows to be seen from afar: half of the columns where all would be small, within width and height', () => {
  const row = { count: 9, tile: 32, available: 561, height: Number.POSITIVE_INFINITY, least: 44 };
  expect(fitRows(row, 1)).toMatchObject({ columns: [0, 2, 4, 6, 8], scale: 3 });
  expect(fitRows({ ...row, available: 600 }, 1)).toMatchObject({ columns: { length: 9 }, scale: 2 });
  // As large as they can be, and all columns where fewer would be no larger.
  const largest = { ...row, available: 1000, least: Number.POSITIVE_INFINITY };
  expect(fitRows({ ...largest, height: 170 }, 1)).toMatchObject({ columns: { length: 5 }, scale: 5 });
  expect(fitRows({ ...largest, height: 100 }, 1)).toMatchObject({ columns: { length: 9 }, scale: 3 });
  expect(fitRows({ ...largest, height: 10 }, 1)).toMatchObject({ columns: { length: 9 }, scale: 1 });
  // Where not even half of them fit.
  expect(fitRows({ ...largest, tile: 64, available: 300 }, 1)).toMatchObject({
    columns: { length: 3 },
    scale: 1,
  });
});
