import { clippedLabels, expect, test } from './playground.ts';

test('one crosshair over all charts: whoever reads one reads all, and nothing moves', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await playground.play();
  await playground.waitForStep(300);
  await playground.pause();
  const crosshairs = page.getByTestId('crosshair');
  const latest = (metric: string) => page.getByTestId(`latest-${metric}`);
  const reader = playground.chart('kl').getByRole('slider');
  await expect(crosshairs).toHaveCount(0);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);

  // Early in the run, where the loss was far from what it is now.
  await reader.scrollIntoViewIfNeeded();
  const box = await reader.boundingBox();
  if (!box) throw new Error('The chart has no place on the page.');
  await page.mouse.move(box.x + box.width * 0.02, box.y + box.height / 2);
  const steps = await crosshairs.evaluateAll((lines) => lines.map((line) => line.getAttribute('data-step')));
  expect(steps.length).toBeGreaterThanOrEqual(5);
  expect(new Set(steps).size).toBe(1);
  const read = (await latest('reconstruction').textContent()) ?? '';
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(height);

  await page.mouse.move(0, 0);
  await expect(crosshairs).toHaveCount(0);
  await expect(latest('reconstruction')).not.toHaveText(read);

  // The same by keys, said in words.
  await reader.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(crosshairs.first()).toHaveAttribute('data-step', /^\d+$/);
  await expect(reader).toHaveAttribute('aria-valuetext', /^step \d+: \d+\.\d\d/);
  await page.keyboard.press('Escape');
  await expect(crosshairs).toHaveCount(0);
});

test('after a divergence the labels of the axes fit, also with large text', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=wasm&objective=betaVae&beta=100&learningRate=1');
  await playground.play();
  await expect(playground.banner('diverged')).toBeVisible({ timeout: 60_000 });
  const charts = page.getByRole('region', { name: 'Charts' });
  for (const size of [16, 32]) {
    await page.evaluate((pixels) => {
      document.documentElement.style.fontSize = `${pixels}px`;
    }, size);
    await expect
      .poll(() =>
        charts
          .locator('.recharts-yAxis-tick-labels text')
          .first()
          .evaluate((label) => getComputedStyle(label).fontSize),
      )
      .toBe(`${(11 * size) / 16}px`);
    await expect.poll(() => clippedLabels(charts)).toEqual([]);
  }
});
