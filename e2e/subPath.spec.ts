import { builtPage } from '../scripts/page.mjs';
import { expect, test } from './playground.ts';
import { serveFolder } from './staticServer.ts';

test('the built site works below any path of a plain static host', async ({ playground }) => {
  const server = await serveFolder(await builtPage(), '/some/where/');
  try {
    const missing: string[] = [];
    playground.page.on('response', (response) => {
      if (response.status() >= 400) missing.push(response.url());
    });
    await playground.page.goto(`${server.address}?preset=tiny&engine=tfjs-wasm`);
    await playground.ready();
    // Such a host sends no isolation headers, so there are no threads, and it trains all the same.
    expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(false);
    await expect(playground.engine).toHaveAttribute('data-engine', 'tfjs-wasm');
    await playground.page.keyboard.press('Escape');
    await playground.singleSteps(3);
    expect(missing).toEqual([]);
  } finally {
    await playground.page.close();
    await server.close();
  }
});

test('the preview server isolates the page, so that wasm may use threads', async ({ playground }) => {
  await playground.open('?preset=tiny');
  expect(await playground.page.evaluate(() => crossOriginIsolated)).toBe(true);
});
