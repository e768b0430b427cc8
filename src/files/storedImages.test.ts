import { expect, test } from 'vitest';
import { word } from '../locale/word.ts';
import { hashOf, ownImages, readStoredImages, type StoredImages, writeStoredImages } from './storedImages.ts';

const set: StoredImages = {
  head: {
    version: 1,
    size: 16,
    channels: 1,
    bits: 1,
    factors: [
      { name: 'shape', values: ['round', 'square'] },
      { name: 'side', values: ['left'] },
    ],
  },
  count: 2,
  pixels: Uint8Array.from({ length: 64 }, (_, i) => i),
  labels: Uint16Array.of(1, 0, 0, 0),
};

test('a set reads back, is named by its bytes, and draws its images by their factors', async () => {
  const file = writeStoredImages(set);
  expect(await readStoredImages(file, 'x')).toEqual(set);
  expect(await hashOf(file)).toMatch(/^[0-9a-f]{32}$/);
  expect(await hashOf(writeStoredImages({ ...set, labels: Uint16Array.of(0, 0, 1, 0) }))).not.toBe(
    await hashOf(file),
  );
  const images = await ownImages(file, 'x');
  expect(images.factors?.map(({ label, values }) => [word(label), ...values.map(word)])).toEqual([
    ['shape', 'round', 'square'],
    ['side', 'left'],
  ]);
  const [byNumbers, first] = [new Float32Array(256), new Float32Array(256)];
  images.draw([1, 0], byNumbers);
  const unknown = writeStoredImages({ ...set, head: { ...set.head, factors: null } });
  (await ownImages(unknown, 'x')).draw([0], first);
  expect(byNumbers).toEqual(first);
});

test('a file that was changed or cut is refused in a sentence that says what to do', async () => {
  const file = writeStoredImages(set);
  await expect(readStoredImages(file.subarray(0, -1), 'x')).rejects.toThrow('bytes');
  const wrong = writeStoredImages({ ...set, labels: Uint16Array.of(2, 0, 0, 0) });
  await expect(readStoredImages(wrong, 'Moons')).rejects.toThrow('"Moons" is damaged');
});
