import type { Page } from '@playwright/test';
import { dropHere, imageFile, zipHash } from './images.ts';
import { expect, test } from './playground.ts';

/** The browser's private files of images. */
async function keptImages(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('images');
    const names: string[] = [];
    for await (const name of folder.keys()) names.push(name);
    return names;
  });
}

async function keepImages(page: Page, name: string): Promise<void> {
  await page.evaluate(async (name) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('images');
    await folder.getFileHandle(name, { create: true });
  }, name);
}

test('a zip that is dropped becomes a set, trains, and is named in the link; deleted, the link says what to drop', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=wasm');
  await page.evaluate(dropHere, imageFile('folder.zip'));
  const dialog = page.getByRole('dialog', { name: 'Your own images' });
  await expect(dialog).toContainText('14 images, the first of 16 × 16 pixels');
  await expect(dialog).toContainText('Nothing leaves this machine');
  await expect(dialog.getByTestId('own-images-preview').locator('canvas')).toHaveCount(8);
  await dialog.getByLabel('Name').fill('Bars');
  await dialog.getByRole('button', { name: 'Take these images' }).click();
  await expect(dialog).toContainText('Kept in this browser: 12 images');
  await expect(dialog).toContainText('Images left out: 1, the first in bars/cut.png.');
  await dialog.getByRole('button', { name: 'Train on them' }).click();
  await playground.ready();
  await playground.singleSteps(2);
  await expect(page).toHaveURL(new RegExp(`dataset=own&data=${zipHash}_12_all_Bars`));

  // The link alone is enough where the set is.
  await page.reload();
  await playground.ready();
  const panel = page.getByRole('region', { name: 'New run' });
  await panel.getByRole('heading', { name: 'New run' }).click();
  const list = panel.getByRole('list', { name: 'Kept in this browser' });
  await expect(list).toContainText('12 images, 16 × 16, grey, 0.1 MB');
  await list.getByRole('button', { name: 'Rename Bars' }).click();
  await list.getByLabel('New name of Bars').fill('Crossed bars');
  await list.getByRole('button', { name: 'Save' }).click();
  await list.getByRole('button', { name: 'Delete Crossed bars' }).click();
  await list.getByRole('button', { name: 'Delete the images' }).click();
  await expect(list).toHaveCount(0);
  // A set that was not written to its end, as where its Worker was ended.
  await keepImages(page, 'ab.safetensors');
  expect(await keptImages(page)).toEqual(['ab.safetensors']);
  await page.reload();
  await expect(page.getByText('images that are not here: "Bars", 12 images of 16 x 16 pixels')).toBeVisible();
  // Where there is no run, images can be chosen all the same.
  await panel.getByRole('heading', { name: 'New run' }).click();
  await expect(panel.getByRole('button', { name: 'Choose a folder' })).toBeVisible();
  await expect.poll(() => keptImages(page)).toEqual([]);

  // HDF5 is read here as in Node, and a second time too; what is no picture is refused.
  for (let time = 0; time < 2; time++) {
    await page.evaluate(dropHere, imageFile('bars.h5'));
    await expect(dialog).toContainText('12 images');
    await expect(dialog).toContainText('Known of each image: labels 1, labels 2.');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toHaveCount(0);
  }
  await page.evaluate(dropHere, imageFile('make.py'));
  await expect(dialog.getByRole('alert')).toContainText('There are no pictures in make');
});
