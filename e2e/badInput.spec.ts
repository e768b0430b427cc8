import { expect, test } from './playground.ts';

test('a malformed address: each field is named, the nearest valid value or the default is used', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&gamma=1e9&seed=-4&latents=four&colour=red');
  const field = (name: string) => playground.banner('url').locator(`[data-field="${name}"]`);
  await expect(field('gamma')).toContainText('200');
  await expect(field('seed')).toContainText('0');
  await expect(field('latents')).toContainText('4');
  await expect(field('colour')).toContainText('ignored');
  expect(await playground.gamma()).toBe(200);
  await playground.singleSteps(1);
  const { file } = await playground.exportWeights();
  expect(JSON.parse(file.metadata.config)).toMatchObject({ gamma: 200, seed: 0, latents: 4 });
});

test('a link that a chat program damaged starts the run that was meant', async ({ playground }) => {
  const { page } = playground;
  await playground.open(
    '?preset=tiny&amp;gamma=2,5&amp;convWidths=8%5C_8&utm_source=x&latents=9&latents=6&seed=3)#Compare)',
  );
  await expect(page.getByRole('link', { name: 'Compare' })).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveURL(/#compare$/);
  const banner = playground.banner('url');
  await expect(banner).toContainText('Some link settings were corrected:');
  await expect(banner).toContainText('gamma 2,5 → 10 (could mean 2.5 or the list 2 and 5)');
  await expect(banner).toContainText('latents 9, 6 → 9 (given 2 times)');
  await expect(banner.locator('[data-field]')).toHaveCount(2);
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Train' }).click();
  await expect(page.getByTestId('seed')).toHaveAttribute('data-seed', '3');
  await page.goto('./?preset=tiny#histogram');
  await playground.ready();
  await expect(banner).toContainText('#histogram is no view of this page, so Train is shown');
  await banner.getByRole('button', { name: 'Dismiss notice' }).click();
  await expect(banner).toBeHidden();
});

test('a link that names the engine as it was called formerly starts it, and says so', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&backend=wasm');
  await expect(playground.engine).toHaveAttribute('data-engine', 'tfjs-wasm');
  await expect(playground.banner('url')).toContainText('backend wasm → tfjs-wasm (its name now)');
  await expect(playground.page).toHaveURL(/\?preset=tiny&engine=tfjs-wasm$/);
});

test('a gamma that is no number stays to be mended, and one out of range is cut, each with a word', async ({
  playground,
}) => {
  await playground.open('?preset=tiny');
  const { gammaBox, page } = playground;
  for (const [text, said] of [
    ['lots', 'is not a number'],
    ['1,000', 'could mean 1000 or 1'],
    ['2,5', 'could mean 2.5 or the list 2 and 5'],
  ]) {
    await gammaBox.fill(text);
    await gammaBox.press('Enter');
    await expect(gammaBox).toHaveValue(text);
    await expect(gammaBox).toHaveAttribute('aria-invalid', 'true');
    await expect(gammaBox).toHaveAccessibleDescription(new RegExp(said));
  }
  // Nothing was taken; the box shows the setting again when it is asked to, or when the slider moves it.
  await gammaBox.press('Escape');
  expect(await playground.gamma()).toBe(10);
  await expect(gammaBox).toHaveAttribute('aria-invalid', 'false');
  await gammaBox.fill('lots');
  await gammaBox.blur();
  await expect(gammaBox).toHaveValue('lots');
  await playground.gammaSlider.press('ArrowRight');
  await expect.poll(() => playground.gamma()).toBeGreaterThan(10);
  await gammaBox.fill('\uff11 000');
  await page.keyboard.press('Enter');
  await expect.poll(() => playground.gamma()).toBe(200);
});

test('a run that diverges stops, says at which step and since when, and can still be exported', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&learningRate=1');
  await playground.play();
  await expect(playground.banner('diverged')).toBeVisible({ timeout: 60_000 });
  await expect(playground.banner('diverged')).toContainText(/step \d/i);
  expect(await playground.phase()).toBe('diverged');
  await expect(playground.button('Run')).toBeDisabled();

  const { file } = await playground.exportWeights();
  for (const { data } of file.tensors.values())
    expect([...data].every((value) => Number.isFinite(Number(value)))).toBe(true);

  await playground.banner('diverged').getByRole('button', { name: 'Reset to step 0' }).click();
  await expect.poll(() => playground.phase()).toBe('paused');
  expect(await playground.step()).toBe(0);
});
