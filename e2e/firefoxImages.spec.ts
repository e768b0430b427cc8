import { expect, test } from '@playwright/test';
import type { Page } from 'puppeteer-core';
import { firefoxPath, launchFirefox } from './firefox.ts';
import { dropHere, imageFile, zipHash } from './images.ts';
import { skipUnless } from './skipUnless.ts';

const button = (name: string) => `::-p-aria([name="${name}"][role="button"])`;

/** What the dialog says, once it says this. */
async function dialogSays(page: Page, text: string): Promise<void> {
  const dialog = () => page.evaluate(() => document.querySelector('[role=dialog]')?.textContent ?? '');
  await expect.poll(dialog, { timeout: 60_000 }).toContain(text);
}

test('Firefox decodes the pictures of a zip to the bytes of Chromium and Node, and trains on them', async ({
  baseURL,
}) => {
  test.setTimeout(300_000);
  skipUnless(firefoxPath, 'no Firefox is installed here; FIREFOX_PATH may name one');
  const browser = await launchFirefox(firefoxPath ?? '');
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(`${baseURL}/?preset=tiny&engine=wasm`);
    const phase = () =>
      page.evaluate(() => document.querySelector('[data-testid=step-count]')?.getAttribute('data-phase'));
    await expect.poll(phase, { timeout: 60_000 }).toBe('paused');

    await page.evaluate(dropHere, imageFile('folder.zip'));
    await dialogSays(page, '14 images, the first of 16 × 16 pixels');
    await page.locator(button('Take these images')).click();
    await dialogSays(page, 'Kept in this browser: 12 images');
    await dialogSays(page, 'Images left out: 1, the first in bars/cut.png.');
    await page.locator(button('Train on them')).click();
    await expect.poll(() => page.url(), { timeout: 60_000 }).toContain(`data=${zipHash}_12_all`);
    await page.locator(button('Step')).setWaitForEnabled(true).setTimeout(60_000).click();
    const step = () => page.$eval('[data-testid=step-count]', (count) => count.getAttribute('data-step'));
    await expect.poll(step, { timeout: 60_000 }).toBe('1');

    // The set is there once more after a reload: it is in the browser's private files.
    await page.reload();
    await expect.poll(phase, { timeout: 60_000 }).toBe('paused');
    await page.evaluate(dropHere, imageFile('bars.h5'));
    await dialogSays(page, 'Known of each image: labels 1, labels 2.');
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
