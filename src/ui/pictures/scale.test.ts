import { expect, test } from 'vitest';
import { columnsShown, fitRow, wholeScale } from './scale.ts';

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
