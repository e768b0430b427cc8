import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, type Playground, test } from './playground.ts';

// Pages compared with reference pictures, a pixel each. A change that is meant is taken over by
// `npx playwright test e2e/pictures.spec.ts --update-snapshots=all`; look at every picture that it changes.

const font = readFileSync(
  new URL(import.meta.resolve('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')),
).toString('base64');

const held = `
  @font-face { font-family: Reference; font-weight: 100 900; src: url(data:font/woff2;base64,${font}); }
  body *:not(.katex *, code, pre, pre *) { font-family: Reference !important; }
  ${readFileSync(new URL('./pictures.css', import.meta.url), 'utf8')}
`;

/** The same letters on every machine, from the page's first layout on; what moves by itself stands still. */
async function holdStill(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript((css) => {
    document.addEventListener('DOMContentLoaded', () => {
      const style = document.createElement('style');
      style.textContent = css;
      document.head.append(style);
    });
  }, held);
}

const run = '?preset=tiny&engine=wasm&seed=3';

/** What each picture shows, and how a person comes there from the opened page. */
const views = {
  'first-screen': async ({ page }: Playground) => {
    await expect(page.getByTestId('exhibit-metric')).toHaveText(/\d/);
  },
  train: async (playground: Playground) => {
    await playground.singleSteps(12);
  },
  'side-by-side': async (playground: Playground) => {
    await playground.open(`${run}&rivalGamma=40#side-by-side`);
    await playground.singleSteps(6);
  },
  compare: async ({ page }: Playground) => {
    await page.getByRole('link', { name: 'Compare' }).click();
    await page.getByRole('button', { name: 'Load the comparison' }).click();
    await expect(page.getByTestId('runs-notice')).toHaveText('50 runs imported.', { timeout: 60_000 });
    await expect(page.getByTestId('run-group')).toHaveCount(5);
  },
} as const;

const schemes = ['light', 'dark'] as const;

for (const [place, [view, arrive]] of Object.entries(views).entries())
  for (const [nth, [width, height]] of [
    [390, 844],
    [1440, 900],
    [2560, 1440],
  ].entries()) {
    const colorScheme = schemes[(place + nth) % 2];
    const name = `${view}-${width}-${colorScheme}.png`;
    test(`looks as it did: ${view}, ${width} px wide, ${colorScheme}`, async ({ playground }) => {
      const { page } = playground;
      await holdStill(page);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await playground.open(run);
      await arrive(playground);
      await page.evaluate(() => document.fonts.ready);
      await page.mouse.move(0, 0);
      await expect(page).toHaveScreenshot(name);
    });
  }

test('a page that is shifted by 8 pixels is told from its reference picture', async ({ playground }) => {
  const { page } = playground;
  await holdStill(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  await playground.open(run);
  await views['first-screen'](playground);
  await page.addStyleTag({ content: 'main { translate: 0 8px }' });
  expect(await page.screenshot({ animations: 'disabled', caret: 'hide' })).not.toMatchSnapshot(
    'first-screen-1440-dark.png',
  );
});
