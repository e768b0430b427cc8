import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { npzArrays } from '../../src/intake/npzFile.ts';
import { type DataTask, dataHelp, readDataArguments } from './arguments.ts';
import { drawPicture } from './drawPicture.ts';
import { exportImages } from './exportImages.ts';

const folder = mkdtempSync(join(tmpdir(), 'factorvae-data-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function asked(...args: string[]): DataTask {
  const task = readDataArguments(args);
  if (!task) throw new Error('help was asked for');
  return task;
}

async function drawn(...args: string[]) {
  const task = asked('draw', ...args, '--out', join(folder, 'picture.png'));
  if (task.task === 'draw') await drawPicture(task);
  return decode(readFileSync(task.out));
}

async function exported(name: string, ...args: string[]) {
  const task = asked('export', ...args, '--out', join(folder, name));
  if (task.task === 'export') await exportImages(task, () => undefined);
  return readFile(task.out);
}

describe('npm run data', () => {
  test('draws one image, and several as a grid', async () => {
    const one = await drawn('--dataset', 'shapes3d', '--factors', '0,1,2,3,0,7');
    expect([one.width, one.height]).toEqual([64, 64]);
    expect([...one.data.slice(0, 4)]).toEqual([153, 226, 249, 255]);
    // The floor is red.
    expect(one.data[63 * 64 * 4 + 1]).toBe(0);
    const three = await drawn(
      '--dataset',
      'shapes2d',
      '--size',
      '16',
      '--factors',
      '0,0,0,0,0; 1,2,3,4,5;2,5,39,31,31',
    );
    expect([three.width, three.height]).toEqual([32, 32]);
  });

  test('exports arrays by the published keys, and the same bytes again', async () => {
    const args = ['--dataset', 'shapes3d', '--size', '32', '--count', '3', '--seed', '4'];
    const bytes = await exported('some.npz', ...args);
    expect(await exported('again.npz', ...args)).toEqual(bytes);
    const file = {
      path: 'some.npz',
      size: bytes.length,
      read: async (from: number, to: number) => new Uint8Array(bytes.subarray(from, to)),
    };
    const { arrays, others } = await npzArrays(file);
    expect(others).toEqual([]);
    expect(arrays.map(({ name, shape }) => [name, shape])).toEqual([
      ['images', [3, 32, 32, 3]],
      ['labels', [3, 6]],
    ]);
    const labels: number[] = [];
    for await (const piece of arrays[1].pieces()) labels.push(...piece);
    const reals = [...new Float64Array(Uint8Array.from(labels).buffer)];
    // Ascending as in the whole set: by floor, then wall.
    expect(reals[0]).toBeLessThanOrEqual(reals[6]);
    expect(reals[3]).toBeGreaterThanOrEqual(0.75);
    expect(Math.abs(reals[5])).toBeLessThanOrEqual(30);
  });

  test.each([
    [[], /Say what to do, draw or export/],
    [
      ['draw', '--dataset', 'shapes4d', '--out', 'x'],
      /--dataset must be shapes2d or shapes3d, not "shapes4d"/,
    ],
    [['draw', '--dataset', 'shapes3d'], /--out FILE/],
    [['draw', '--dataset', 'shapes3d', '--out', 'x', '--size', '48'], /--size must be 32 or 64, not "48"/],
    [['draw', '--dataset', 'shapes3d', '--out', 'x', '--factors', '0,0,0,8,0,0'], /objectScale 0 to 7/],
    [['draw', '--dataset', 'shapes2d', '--out', 'x', '--factors', '0,0,0,0'], /one a factor: shape 0 to 2/],
    [['export', '--dataset', 'shapes3d', '--out', 'x', '--count', '480001'], /from 1 to 480000/],
    [
      ['export', '--dataset', 'shapes3d', '--out', 'x', '--factors', '0'],
      /--factors does not belong to export/,
    ],
  ])('%s is refused with what to write', (args, sentence) => {
    expect(() => readDataArguments(args)).toThrow(sentence);
  });

  test('--help tells factors and keys', () => {
    expect(readDataArguments(['--help'])).toBeNull();
    for (const said of ['viewOrientation 0 to 14', 'posY 0 to 31', 'latents_classes', 'labels'])
      expect(dataHelp).toContain(said);
  });
});
