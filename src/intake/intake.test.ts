import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inputFiles, nodeMachine } from '../../cli/nodeIntake.ts';
import { pythonHas } from '../files/pythonModules.fixture.ts';
import { hashOf, writeStoredImages } from '../files/storedImages.ts';
import { word } from '../locale/word.ts';
import { arraySource } from './arraySource.ts';
import { fitted } from './fit.ts';
import type { RawImage } from './imageSource.ts';
import type { InputFile } from './input.ts';
import type { NumberArray } from './numberArray.ts';
import { openSource } from './openSource.ts';
import { takeImages, usualBudget } from './take.ts';
import { wholeMember, zipMembers } from './zip.ts';

/** Files made by numpy, h5py, Pillow and zipfile: see fixtures/make.py. */
const committed = join(import.meta.dirname, 'fixtures');
const folders = [{ name: 'committed files', folder: committed }];
if (pythonHas('numpy', 'h5py', 'PIL')) {
  const folder = mkdtempSync(join(tmpdir(), 'factorvae-intake-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  execFileSync('python3', [join(committed, 'make.py'), folder]);
  folders.push({ name: 'files made by the programs that are here', folder });
} else console.log('Skipped: images made here and now need python3 with numpy, h5py and Pillow.');

function fileOf(path: string, bytes: Uint8Array<ArrayBuffer>): InputFile {
  return { path, size: bytes.length, read: async (from, to) => bytes.slice(from, to) };
}

async function take(files: readonly InputFile[], options: Partial<Parameters<typeof takeImages>[1]> = {}) {
  const source = await openSource(files, nodeMachine);
  const usual = { fit: { size: 16, channels: 1 }, budget: usualBudget, seed: 0 } as const;
  const taken = await takeImages(source, { ...usual, ...options });
  const { head, count, pixels, labels } = taken.stored;
  return { ...taken, head, count, pixels, labels, notes: taken.notes.map(word) };
}
const expectedSchema = z.object({ wide16: z.array(z.number()), wide64Grey: z.array(z.number()) });

const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])));
const pixelAt = ({ width, pixels }: RawImage, x: number, y: number) =>
  Array.from(pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 3));

describe.each(folders)('$name', ({ folder }) => {
  const bytesOf = async (name: string) => new Uint8Array(await readFile(join(folder, name)));
  const takeFile = async (name: string) => take(await inputFiles(join(folder, name)));
  const decode = async (name: string) => nodeMachine.decoder.decode(await bytesOf(name));

  test('pictures are cropped and resized as Pillow does it, within one level', async () => {
    const expected = expectedSchema.parse(JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')));
    const wide = await decode('wide.png');
    expect(worst(fitted(wide, { size: 16, channels: 3 }), expected.wide16)).toBeLessThanOrEqual(1);
    expect(worst(fitted(wide, { size: 64, channels: 1 }), expected.wide64Grey)).toBeLessThanOrEqual(1);
    expect(await decode('wide.webp')).toEqual(wide);
    expect(worst((await decode('wide.jpg')).pixels, wide.pixels)).toBeLessThan(80);
  });

  test('a JPEG is turned as its Exif data says, alpha shows white, of 16 bits the upper 8 are kept', async () => {
    const [plain, turned] = [await decode('wide.jpg'), await decode('turned.jpg')];
    expect([turned.width, turned.height]).toEqual([plain.height, plain.width]);
    // A quarter clockwise: what was on the left is at the top.
    expect(pixelAt(turned, 29 - 5, 3)).toEqual(pixelAt(plain, 3, 5));

    const alpha = await decode('alpha.png');
    const fit = fitted(alpha, { size: 16, channels: 3 });
    expect([...fit.subarray(0, 3)]).toEqual([255, 255, 255]);
    expect([...fit.subarray(45, 48)]).toEqual(pixelAt(alpha, 15, 0));
    expect(fitted(await decode('deep.png'), { size: 16, channels: 1 })).toEqual(
      Uint8Array.from({ length: 256 }, (_, i) => i),
    );
  });

  test('a damaged picture is refused by name, and the next one is read', async () => {
    for (const name of ['wide.png', 'wide.webp', 'wide.jpg']) {
      const bytes = await bytesOf(name);
      const cut = bytes.slice(0, name === 'wide.jpg' ? 300 : bytes.length / 2);
      await expect(nodeMachine.decoder.decode(cut)).rejects.toMatchObject({ name: 'PictureError' });
      expect((await nodeMachine.decoder.decode(bytes)).width).toBe(45);
    }
    // Cut near its end, libjpeg would draw the rest in grey.
    const jpeg = await bytesOf('wide.jpg');
    await expect(nodeMachine.decoder.decode(jpeg.slice(0, -100))).rejects.toMatchObject({
      name: 'PictureError',
    });
    expect(await nodeMachine.decoder.decode(jpeg)).toEqual(await decode('wide.jpg'));
    const tooLarge = await bytesOf('wide.png');
    new DataView(tooLarge.buffer).setUint32(16, 100_000);
    new DataView(tooLarge.buffer).setUint32(20, 100_000);
    await expect(nodeMachine.decoder.decode(tooLarge)).rejects.toThrow('100000 x 100000');
  });

  test('npz, npy, h5 and safetensors give the same images, at one bit a number, with what they say of them', async () => {
    const npz = await takeFile('bars.npz');
    expect(npz.head).toMatchObject({ size: 16, channels: 1, bits: 1 });
    expect([npz.count, npz.chosen, npz.notes]).toEqual([12, false, []]);
    // The first line of the first image, then its second, which the bar of its row fills.
    expect([...npz.pixels.subarray(0, 4)]).toEqual([0xe0, 0, 0xff, 0xff]);
    expect(npz.head.factors?.map(({ values }) => values)).toEqual([
      ['0', '1', '2'],
      ['0', '1', '2', '3'],
    ]);
    expect([...npz.labels.subarray(0, 4), ...npz.labels.subarray(-2)]).toEqual([0, 0, 0, 1, 2, 3]);
    const h5 = await takeFile('bars.h5');
    expect(h5.pixels).toEqual(npz.pixels);
    expect(h5.labels).toEqual(npz.labels);
    expect(h5.head.factors?.[0]).toEqual({ name: 'labels 1', values: ['0', '0.3333', '0.6667'] });
    const plain = await takeFile('bars.safetensors');
    expect(plain.pixels).toEqual(npz.pixels);
    expect(plain.head.factors).toBeNull();
    // Three channels of floats, the middle one turned around: grey is 1 - .587 where it is white.
    const floats = await takeFile('floats.npy');
    expect(floats.head.bits).toBe(8);
    expect([floats.pixels[0], floats.pixels[15]]).toEqual([105, 150]);
  });

  test('a zip and a folder of the same pictures are the same set, and what is not used is named and counted', async () => {
    const zipped = await takeFile('folder.zip');
    expect(zipped.count).toBe(12);
    expect(zipped.head.factors).toEqual([
      { name: 'column', values: ['left', 'middle', 'right'] },
      { name: 'row', values: ['0', '1', '2', '3'] },
    ]);
    expect(zipped.notes).toEqual([
      'Other files not read: 1, the first bars/notes.txt.',
      'Images left out: 1, the first in bars/broken.png. This is not a picture.',
      'Images left out: 1, the first in bars/cut.png. The picture is damaged or incomplete.',
    ]);
    // The same bytes in every browser, and in Node: e2e/ownImages.spec.ts has the same hash.
    expect(await hashOf(writeStoredImages(zipped.stored))).toBe('f29b46fa158b8c3e82b0c06cb5ca15b0');
    const pictures = ['wide.jpg', 'wide.png'];
    const given = await Promise.all(
      pictures.map(async (name) => fileOf(`folder/${name}`, await bytesOf(name))),
    );
    const columns = fileOf(
      'folder/a.csv',
      new TextEncoder().encode('picture,kind\r\nwide.png,"a, b"\nwide.jpg,c\n'),
    );
    const { labels, head } = await take([...given.toReversed(), columns]);
    expect(head.factors).toEqual([{ name: 'kind', values: ['a, b', 'c'] }]);
    expect([...labels]).toEqual([1, 0]);
  });

  test('where there is no room for all images, some are chosen by the seed, and fewer once one is grey', async () => {
    const bytes = await bytesOf('bars.npz');
    const room = { budget: 5 * 32 };
    const first = await take([fileOf('a.npz', bytes)], room);
    expect([first.count, first.found, first.chosen, first.head.bits]).toEqual([5, 12, true, 1]);
    expect(await take([fileOf('a.npz', bytes)], room)).toEqual(first);
    expect((await take([fileOf('a.npz', bytes)], { ...room, seed: 1 })).labels).not.toEqual(first.labels);
    const grey = await take([fileOf('a.npz', bytes)], { budget: 5 * 1024, fit: { size: 32, channels: 1 } });
    expect([grey.count, grey.head.bits]).toEqual([5, 8]);
    expect(grey.labels).toEqual(first.labels);
  });

  const npy = (descr: string, shape: string, data: Uint8Array) => {
    const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }`.padEnd(117);
    const head = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 118, 0);
    return fileOf('a.npy', Uint8Array.from([...head, ...new TextEncoder().encode(`${text}\n`), ...data]));
  };

  test('what cannot be read is refused in a sentence that says why', async () => {
    const numbers = new Float32Array(3 * 256).fill(0.5);
    numbers[300] = Number.NaN;
    numbers[512] = 300.5;
    const given = npy('<f4', '3, 16, 16', new Uint8Array(numbers.buffer));
    await expect(take([given])).rejects.toThrow('go from 0.5 to 300.5');
    numbers[512] = 0.25;
    const holed = await take([npy('<f4', '3, 16, 16', new Uint8Array(numbers.buffer))]);
    expect([holed.count, holed.notes[0]]).toEqual([2, expect.stringContaining('not finite')]);

    await expect(takeFile('fortran.npy')).rejects.toThrow('ascontiguousarray');
    await expect(take([npy('>f4', '1, 16, 16', new Uint8Array(1024))])).rejects.toThrow('highest byte first');
    await expect(take([npy('|O', '1, 16, 16', new Uint8Array(1024))])).rejects.toThrow('|O');
    await expect(take([npy('|u1', '100, 100', new Uint8Array(16))])).rejects.toThrow('a.npy [100 x 100]');
    await expect(take([npy('|u1', '5, 16, 16', new Uint8Array(900))])).rejects.toThrow('3 of 5 images');
    const zip = await bytesOf('folder.zip');
    await expect(take([fileOf('a.zip', zip.slice(0, -400))])).rejects.toThrow('a.zip is not a zip');
    await expect(take([fileOf('a.h5', zip)])).rejects.toThrow('HDF5');
    await expect(take([fileOf('a.zip', zip), fileOf('b.npz', zip)])).rejects.toThrow('a.zip and b.npz');
    await expect(take([fileOf('x/notes.txt', zip)])).rejects.toThrow('no pictures in x');
  });

  test('labels that end too soon are not used, and of longer ones no more is read than the images have', async () => {
    let read = 0;
    const array = (name: string, shape: readonly number[], bytes: number): NumberArray => ({
      name,
      type: 'u1',
      shape,
      async *pieces() {
        for (read = 0; read < bytes; read++) yield Uint8Array.of(read);
      },
    });
    const images = array('images', [3, 4, 4], 48);
    const cut = await arraySource([images, array('labels', [3, 2], 5)], 'a.npz');
    expect([cut.columns, cut.notes.map(word)]).toEqual([
      [],
      ['labels ends before the last of 3 images and is not used.'],
    ]);
    const long = await arraySource([images, array('labels', [3, 2], 1000)], 'a.npz');
    expect(long.columns.map(({ values }) => Array.from(values))).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
    expect(read).toBe(5);
  });

  test('of a file in a zip no more is read than it may have, whatever the zip says', async () => {
    const members = await zipMembers(fileOf('a.zip', await bytesOf('folder.zip')));
    const [first] = members;
    const whole = await wholeMember(first, 10_000);
    await expect(wholeMember(first, whole.length - 1)).rejects.toMatchObject({ name: 'ZipError' });
    expect(await wholeMember(first, whole.length)).toEqual(whole);
  });
});
