import type { Locator, Page } from '@playwright/test';
import { presets } from '../src/config/presets.ts';
import { expect, test } from './playground.ts';

test('a preset starts another run, asked for first where steps would be lost', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await playground.singleSteps(1);
  await page.getByRole('button', { name: 'Preset: tiny' }).click();
  await page.getByRole('menuitem', { name: /^quick\b/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^(Throw away|Start over)$/ })
    .click();
  await expect(page.getByRole('button', { name: 'Preset: quick' })).toBeEnabled();
  await playground.ready();
  expect(await playground.step()).toBe(0);
  expect(await playground.gamma()).toBe(presets.quick.gamma);
  expect(new URL(page.url()).searchParams.get('preset')).toBe('quick');
  await playground.singleSteps(1);
});

test('beta-VAE trains without a discriminator, and its charts say so', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  await page.getByRole('radiogroup', { name: 'Objective' }).getByText('beta-VAE').click();
  await playground.ready();
  await expect(playground.chart('totalCorrelation')).toContainText('trains no discriminator');
  const panel = page.getByRole('region', { name: 'New run' });
  await panel.getByRole('heading', { name: 'New run' }).click();
  await expect(panel.getByLabel('Pressure decay (steps)', { exact: true })).toBeVisible();
  for (const unused of ['Gamma warm-up (steps)', 'Shuffle codes from', 'Discriminator width'])
    await expect(panel.getByLabel(unused, { exact: true })).toHaveCount(0);
  await playground.play();
  await playground.waitForStep(30);
  await expect.poll(() => playground.curvePoints('reconstruction')).toBeGreaterThan(1);
  expect(await playground.curvePoints('totalCorrelation')).toBe(0);
});

test('3D Shapes: chosen in the form, drawn in colour, hues shown as hues', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=wasm');
  const panel = page.getByRole('region', { name: 'New run' });
  await panel.getByRole('heading', { name: 'New run' }).click();
  await panel.getByLabel('Data set', { exact: true }).selectOption('3D Shapes');
  await expect(panel).toContainText('480 000 different images');
  const size = panel.getByRole('textbox', { name: 'Image size' });
  await size.fill('48');
  await expect(panel).toContainText('This data set has 32 or 64 only');
  await size.fill('32');
  // Fewer geometries are made sooner.
  await panel.getByRole('textbox', { name: 'Object scales' }).fill('2');
  await panel.getByRole('textbox', { name: 'View orientations' }).fill('3');
  await panel.getByRole('textbox', { name: 'Batch size' }).fill('8');
  await panel.getByRole('button', { name: 'Apply' }).click();
  await playground.ready();
  await playground.singleSteps(2);
  const url = new URL(page.url());
  expect(url.searchParams.get('preset')).toBe('quick3d');
  expect(url.searchParams.get('viewOrientation')).toBe('3');
  await page.getByRole('button', { name: 'Choose base image' }).click();
  const base = page.getByRole('dialog', { name: 'Choose base image' });
  await base.getByRole('slider', { name: 'Base Wall hue' }).fill('5');
  await base.getByRole('slider', { name: 'Base Floor hue' }).fill('0');
  const swatches = base.locator('span[style]');
  await expect(swatches.nth(0)).toHaveCSS('background-color', 'rgb(255, 0, 0)');
  await expect(swatches.nth(1)).toHaveCSS('background-color', 'rgb(0, 255, 255)');
});

test('settings of a new run: what is out of range is named, what is valid starts', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  const panel = page.getByRole('region', { name: 'New run' });
  await panel.getByRole('heading', { name: 'New run' }).click();
  const seed = panel.getByRole('textbox', { name: 'Seed' });
  await seed.fill('-1');
  await expect(seed).toHaveAttribute('aria-invalid', 'true');
  const start = panel.getByRole('button', { name: 'Apply' });
  await expect(start).toBeDisabled();
  await seed.fill('12');
  await panel.getByLabel('Shuffle codes from', { exact: true }).selectOption('the same batch');
  await start.click();
  await expect(page.getByTestId('seed')).toHaveAttribute('data-seed', '12');
  await expect(page).toHaveURL(/permutedBatch=first/);
  await playground.singleSteps(1);
});

/** Hints wait until the trained models are put away. */
async function firstVisit(page: Page): Promise<void> {
  await page.goto('./?preset=tiny');
  await page.getByRole('button', { name: 'Close the trained models' }).click();
}

test("the first visit's hints are shown once, and never again when dismissed", async ({ playground }) => {
  const { page } = playground;
  await firstVisit(page);
  const hint = page.getByRole('dialog', { name: /^Hint 1 of 3/ });
  await expect(hint).toContainText('Press Run');
  await hint.getByRole('button', { name: 'Next' }).click();
  await page
    .getByRole('dialog', { name: /^Hint 2 of 3/ })
    .getByRole('button', { name: 'Skip' })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.reload();
  await page.getByRole('button', { name: 'Close the trained models' }).click();
  await playground.ready();
  await page.waitForTimeout(500);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the escape key dismisses a hint', async ({ playground }) => {
  const { page } = playground;
  await firstVisit(page);
  await expect(page.getByRole('dialog', { name: /^Hint 1 of 3/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

/** Goes on to the last hint of a first visit. */
async function openLastHint(page: Page): Promise<Locator> {
  await firstVisit(page);
  for (const step of [1, 2])
    await page
      .getByRole('dialog', { name: `Hint ${step} of 3` })
      .getByRole('button', { name: 'Next' })
      .click();
  const hint = page.getByRole('dialog', { name: 'Hint 3 of 3' });
  await expect(hint).toBeVisible();
  return hint;
}

for (const [width, height] of [
  [1440, 900],
  [390, 844],
])
  test(`at ${width} px the hint about rows leaves them in sight`, async ({ playground }) => {
    const { page } = playground;
    await page.setViewportSize({ width, height });
    const hint = await openLastHint(page);
    const rows = page.getByTestId('traversals').getByRole('img');
    await expect(rows).toBeVisible();
    await expect
      .poll(async () => {
        const [above, below] = [await rows.boundingBox(), await hint.boundingBox()];
        return above && below && below.y >= above.y + above.height;
      })
      .toBe(true);
    await expect(hint.getByRole('button', { name: 'Done' })).toBeInViewport();
  });

test('a dialog opens above a hint', async ({ playground }) => {
  const { page } = playground;
  await openLastHint(page);
  await page.getByRole('button', { name: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download/ }).click();
  expect((await download).suggestedFilename()).toMatch(/\.safetensors$/);
});

for (const width of [1440, 390]) {
  test(`at ${width} px the page tells what gamma is in effect while it is annealed`, async ({
    playground,
  }) => {
    const { gamma, annealingFactor } = presets.quick;
    await playground.page.setViewportSize({ width, height: 900 });
    await playground.open('?preset=quick&engine=tfjs-wasm');
    const note = playground.page.getByTestId('schedule');
    await expect(note).toContainText(`γ is ${(gamma * annealingFactor).toFixed(1)}`);
    await playground.play();
    await expect(note).toContainText(/at step 4\u2009000, in about \d+ (min|h)\./);
    await playground.pause();
    await expect(note).toContainText(/at step 4\u2009000\.$/);
  });
}

test('a preset says what it stands for before its menu is opened', async ({ playground }) => {
  await playground.open('?preset=tiny');
  const preset = playground.page.getByRole('button', { name: 'Preset: tiny' });
  await expect(preset).toHaveAccessibleDescription('16×16, 4 latents: the smallest, for a first try');
  await playground.open('?preset=tiny&latents=5');
  await expect(playground.page.getByRole('button', { name: 'Preset: custom' })).toHaveAccessibleDescription(
    'Settings of your own',
  );
});
