// npm run screenshot [-- STEPS]: takes the README's picture, of the page while it trains `quick`.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';
import { openServedPage } from './servedPage.ts';

const picture = 'docs/images/playground.png';
const steps = Number(process.argv[2] ?? 6000);

const { page, address, close } = await openServedPage({ width: 1440, height: 900, colorScheme: 'light' });
try {
  // The first-visit hint would cover what the picture is to show.
  await page.addInitScript(() => localStorage.setItem('factorvae-hint', 'seen'));
  await page.goto(`${address}?preset=quick&seed=0`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const counter = page.getByTestId('step-count');
  let shown = 0;
  while (shown < steps) {
    await page.waitForTimeout(5000);
    shown = Number(await counter.getAttribute('data-step'));
    console.log(`step ${shown} of ${steps}`);
  }
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  await page.screenshot({ path: join(root, picture) });
  console.log(picture);
} finally {
  await close();
}
