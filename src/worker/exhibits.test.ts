import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openNodeWasm } from '../../cli/wasmEngine.ts';
import type { ExhibitName } from '../config/exhibits.ts';
import { exhibitBases, exhibitConfigs, exhibitNames, exhibitSteps } from '../config/exhibits.ts';
import type { RunConfig } from '../config/schema.ts';
import { imagesOf } from '../data/datasets.ts';
import { type ExhibitPart, exhibitParts, readDecoder } from '../files/exhibit.ts';
import { pictureAt } from '../model/picture.ts';
import type { Picture } from '../model/pictures.ts';
import { usedFields } from '../settings/fields.ts';
import { Exhibits } from './exhibits.ts';

const pathOf = (name: ExhibitName, part: ExhibitPart) =>
  join(import.meta.dirname, 'exhibits', `${name}.${part}.safetensors`);

/** The models as the page has them, and the files that it fetched. */
function open(fetchFile = (name: ExhibitName, part: ExhibitPart) => readFile(pathOf(name, part))) {
  const fetched: string[] = [];
  const exhibits = new Exhibits({
    openEngine: () => openNodeWasm(1),
    fetchFile: (name, part) => {
      fetched.push(`${name} ${part}`);
      return fetchFile(name, part);
    },
  });
  return { exhibits, fetched };
}

/** The image of these factors, as a picture. */
function drawn(name: ExhibitName, factors: readonly number[]): Picture {
  const images = imagesOf(exhibitConfigs[name]);
  const numbers = new Float32Array(images.imageLength);
  images.draw(factors, numbers);
  return pictureAt(numbers, 0, exhibitConfigs[name]);
}

/** Mean difference of two pictures' pixels, of 255. */
function difference(a: Picture, b: Picture): number {
  return a.pixels.reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]), 0) / a.pixels.length;
}

const other = [2, 4, 0, 9, 20];

const used = (config: RunConfig) => usedFields(config).map((field) => [field.name, field.textOf(config)]);

describe.each(exhibitNames)('%s', (name) => {
  test('is what its run says, measured', async () => {
    const { about } = readDecoder(await readFile(pathOf(name, 'decoder')));
    // What it does not use, its file may lack: it was written before.
    expect(used(about.config)).toEqual(used(exhibitConfigs[name]));
    expect(about.steps).toBe(exhibitSteps);
    expect(about.bases).toEqual(exhibitBases);
    expect(about.latents).toHaveLength(about.config.latents);
    if (name === 'factorVae') expect(about.factorVaeMetric).toBeGreaterThan(0.9);
    else expect(about.factorVaeMetric).toBeLessThan(0.8);
  });

  test('draws the images whose codes it brings without its encoder, and others with it', async () => {
    const { exhibits, fetched } = open();
    const view = await exhibits.show(name, exhibitBases[0]);
    expect(fetched).toEqual([`${name} decoder`]);
    expect(difference(drawn(name, exhibitBases[0]), view.reconstruction)).toBeLessThan(3);

    const moved = await exhibits.show(name, other);
    expect(fetched).toEqual([`${name} decoder`, `${name} encoder`]);
    expect(difference(drawn(name, other), moved.reconstruction)).toBeLessThan(3);
    expect(difference(moved.reconstruction, view.reconstruction)).toBeGreaterThan(3);
    // The codes in the file are the encoder's.
    const again = await exhibits.show(name, exhibitBases[0]);
    expect(again.mean).toEqual(view.mean);
  });

  test('moves one latent along each row, through the picture that it began with', async () => {
    const { exhibits } = open();
    const view = await exhibits.show(name, exhibitBases[1]);
    expect(view.rows).toHaveLength(view.mean.length);
    for (const [latent, row] of view.rows.entries()) {
      expect(row).toHaveLength(view.values.length);
      const at = 4 + 5 * latent;
      const code = Float32Array.from(view.mean).with(latent, view.values[at]);
      expect(difference(await exhibits.decode(name, code), row[at])).toBeLessThan(0.01);
      expect(difference(row[0], row[row.length - 1])).toBeGreaterThan(1);
    }
  });
});

test('all files together are below 3 MB, and the first below a third of one', async () => {
  const sizes = await Promise.all(
    exhibitNames.flatMap((name) => exhibitParts.map(async (part) => (await stat(pathOf(name, part))).size)),
  );
  expect(Math.max(...sizes)).toBeLessThan(330_000);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3_000_000);
});

test('a file is fetched once, and again after it could not be had', async () => {
  let broken = true;
  const { exhibits, fetched } = open((name, part) =>
    broken ? Promise.reject(new TypeError('Failed to fetch')) : readFile(pathOf(name, part)),
  );
  await expect(exhibits.show('vae', exhibitBases[0])).rejects.toThrow('Failed to fetch');
  broken = false;
  await exhibits.fetchAll();
  await exhibits.show('vae', other);
  expect(fetched).toEqual([
    'vae decoder',
    ...exhibitNames.map((name) => `${name} decoder`),
    ...exhibitNames.map((name) => `${name} encoder`),
  ]);
});

test('the images differ, so that a choice among them is one', () => {
  const pictures = exhibitBases.map((base) => drawn('factorVae', base).pixels.join());
  expect(new Set(pictures).size).toBe(exhibitBases.length);
});
