// npm run screenshot [-- STEPS]: takes the README's picture, of the page while it trains `quick`. Gamma is raised
// on the way, so that the picture shows a mark. Some minutes.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';
import { openServedPage } from './servedPage.ts';

const picture = 'docs/images/playground.png';
const steps = Number(process.argv[2] ?? 5000);
if (!(steps > 0)) throw new Error(`The steps to train must be a positive number, not "${process.argv[2]}".`);

const { page, address, close } = await openServedPage({ width: 1440, height: 900, colorScheme: 'light' });
const counter = page.getByTestId('step-count');

async function trainTo(step: number): Promise<void> {
  for (let done = 0; done < step; ) {
    await page.waitForTimeout(5000);
    done = Number(await counter.getAttribute('data-step'));
    const phase = await counter.getAttribute('data-phase');
    if (phase !== 'running') throw new Error(`Training stopped at step ${done}: the page is ${phase}.`);
    console.log(`step ${done} of ${steps}`);
  }
}

try {
  // The first visit's hint would cover what the picture is to show.
  await page.addInitScript(() => localStorage.setItem('factorvae-hint', 'seen'));
  // On the processor: WebGPU is a software adapter in this browser.
  await page.goto(`${address}?preset=quick&gamma=3&engine=wasm`);
  await page.getByRole('button', { name: 'Run', exact: true }).click();

  await trainTo(steps * 0.4);
  const gamma = page.getByRole('textbox', { name: 'gamma value' });
  await gamma.fill('6');
  await gamma.press('Enter');
  await gamma.blur();
  await trainTo(steps);
  mkdirSync(join(root, 'docs/images'), { recursive: true });
  await page.screenshot({ path: join(root, picture) });
  console.log(picture);
} finally {
  await close();
}
