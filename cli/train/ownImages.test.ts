import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { imagesOf } from '../../src/data/datasets.ts';
import { openImages } from '../../src/data/own/opened.ts';
import { DataFolder } from './dataFolder.ts';
import { parseOptions } from './options.ts';
import { withOwnImages } from './ownImages.ts';

const zip = 'src/intake/fixtures/folder.zip';

test('--data makes a set beside the runs, and the runs name it by its hash', async () => {
  const out = await mkdtemp(join(tmpdir(), 'own-images-'));
  const lines: string[] = [];
  const asked = ['--out', out, '--data', zip, '--preset', 'tiny', '--seed', '0,1'];
  const args = await withOwnImages(asked, (line) => lines.push(line));
  const runs = parseOptions(args)?.runs ?? [];
  expect(runs.map(({ config }) => config.seed)).toEqual([0, 1]);
  const [{ config }] = runs;
  expect(config).toMatchObject({ dataset: 'own', imageSize: 16, channels: 1 });
  expect(config.data).toEqual({ hash: expect.any(String), name: 'folder', count: 12, seed: null });
  expect(await readdir(join(out, 'data'))).toEqual([`${config.data?.hash}.safetensors`]);
  expect(lines).toContain('Known of each image: column (3), row (4).');

  expect(() => imagesOf(config)).toThrow('Drop the same files');
  await openImages(config, new DataFolder(out));
  expect(imagesOf(config).count).toBe(12);
  await expect(openImages({ ...config, channels: 3 }, new DataFolder(out))).rejects.toThrow(
    'have 16 x 16 pixels',
  );
  // The same files give the same names, so the same command goes on.
  expect(await withOwnImages(asked, () => undefined)).toEqual(args);
});

test('what cannot be trained on is told before anything is written', async () => {
  const out = await mkdtemp(join(tmpdir(), 'own-images-'));
  const from = (...args: string[]) => withOwnImages(['--out', out, ...args], () => undefined);
  await expect(from('--data', join(out, 'nothing'))).rejects.toThrow('nothing');
  await expect(from('--data', out)).rejects.toThrow('no pictures');
  await expect(from('--data', zip, '--image-size', '48')).rejects.toThrow('16 or 32 or 64');
  expect(await readdir(out)).toEqual([]);
  expect(await from('--seed', '3')).toEqual(['--out', out, '--seed', '3']);
});
