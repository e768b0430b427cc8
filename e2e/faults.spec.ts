import type { Page } from '@playwright/test';
import { expect, Playground, test } from './playground.ts';

const query = '?preset=tiny&engine=tfjs-wasm';

/**
 * A page on which something is broken on purpose, so that what the browser writes to its console is no fault of
 * ours.
 */
const broken = (page: Page) => new Playground(page);

test('a view that cannot be fetched says so while training goes on, and Retry fetches it', async ({
  page,
}) => {
  const playground = broken(page);
  await page.route('**/assets/CompareView-*', (route) => route.abort());
  await playground.open(query);
  await playground.play();
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Compare' }).click();
  const view = page.getByRole('region', { name: 'Compare' });
  await expect(view.getByRole('alert')).toContainText('could not be loaded');
  const step = await playground.step();
  await playground.waitForStep(step + 20);
  await page.unroute('**/assets/CompareView-*');
  await view.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByTestId('compare')).toBeVisible();
});

test('once the page is open, views need no server', async ({ page, context }) => {
  const playground = broken(page);
  const fetched = Promise.all(
    ['CompareView', 'SideBySideView'].map((name) =>
      page.waitForResponse((response) => response.url().includes(`/assets/${name}-`) && response.ok()),
    ),
  );
  await playground.open(query);
  await fetched;
  await context.setOffline(true);
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('link', { name: 'Side by side' }).click();
  await expect(page.getByRole('region', { name: 'Side by side' })).toBeVisible();
  await views.getByRole('link', { name: 'Compare' }).click();
  await expect(page.getByTestId('compare')).toBeVisible();
});

test('a panel that throws leaves its neighbours, and a reload is no blank page', async ({ page }) => {
  const playground = broken(page);
  await page.addInitScript(() => {
    HTMLCanvasElement.prototype.getContext = () => {
      throw new TypeError('no canvas today');
    };
  });
  await playground.open(query);
  const failed = page.getByRole('region', { name: 'Reconstructions' });
  await expect(failed.getByRole('alert')).toContainText('could not be shown');
  await expect(page.locator('body')).not.toContainText('no canvas today');
  await playground.play();
  await playground.waitForStep(20);
  await page.reload();
  await playground.ready();
  await expect(failed.getByRole('button', { name: 'Retry' })).toBeVisible();
});

test('storage that refuses is told in every view until the run is stored', async ({ page }) => {
  const playground = broken(page);
  await page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    let full = true;
    IDBObjectStore.prototype.put = function (...given) {
      if (full) throw new DOMException('raw words of the browser', 'QuotaExceededError');
      return put.apply(this, given);
    };
    addEventListener('room', () => {
      full = false;
    });
  });
  await playground.open(query);
  await playground.play();
  await playground.waitForStep(150);
  await playground.pause();
  const banner = playground.banner('storage');
  await expect(banner).toContainText('no room left');
  await expect(banner).not.toContainText('raw words');
  const views = page.getByRole('navigation', { name: 'Views' });
  for (const view of ['Compare', 'Side by side', 'Train']) {
    await views.getByRole('link', { name: view, exact: true }).click();
    await page.waitForTimeout(500);
    await expect(banner).toBeVisible();
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    banner.getByRole('button', { name: 'Export the run' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('factorvae-runs.json');
  await page.evaluate(() => dispatchEvent(new Event('room')));
  await expect(banner).toBeHidden();
});

test('a Worker that hangs is told and can be ended: the run goes on from its newest copy', async ({
  page,
}) => {
  const playground = broken(page);
  await page.route('**/assets/worker-*', async (route) => {
    const response = await route.fetch();
    // Hangs for good once it is told to: by a message that no release sends.
    const hang = `new BroadcastChannel('hang').onmessage = () => { for (;;); };`;
    await route.fulfill({ response, body: hang + (await response.text()) });
  });
  await playground.open(query);
  await playground.play();
  await playground.waitForStep(60);
  const rescue = page.getByRole('button', { name: /^End it and continue from step/ });
  await page.waitForTimeout(6000);
  await page.evaluate(() => new BroadcastChannel('hang').postMessage(null));
  await expect(playground.banner('silent')).toContainText('not responding');
  const step = Number((await rescue.innerText()).replace(/\D/g, ''));
  expect(step).toBeGreaterThan(0);
  await rescue.click();
  await playground.ready();
  expect(await playground.step()).toBe(step);
  await expect(playground.banner('silent')).toBeHidden();
  await playground.play();
  await playground.waitForStep(step + 10);
});

test('a Worker that crashes: its words are not shown, and the run goes on from its newest copy', async ({
  page,
}) => {
  const playground = broken(page);
  await page.route('**/assets/worker-*', async (route) => {
    const response = await route.fetch();
    const crash = `new BroadcastChannel('crash').onmessage = () => { throw new Error('boom <b>x</b>'); };`;
    await route.fulfill({ response, body: crash + (await response.text()) });
  });
  await playground.open(query);
  await playground.play();
  await playground.waitForStep(60);
  await page.waitForTimeout(6000);
  await page.evaluate(() => new BroadcastChannel('crash').postMessage(null));
  const banner = playground.banner('failed');
  await expect(banner).toContainText('has crashed');
  await expect(banner).not.toContainText('boom');
  const button = banner.getByRole('button', { name: /^Continue from step/ });
  const step = Number((await button.innerText()).replace(/\D/g, ''));
  await button.click();
  await playground.ready();
  expect(await playground.step()).toBe(step);
  expect(step).toBeGreaterThan(0);
});
