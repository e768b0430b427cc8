import { expect, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [390, 1440])
    test(`axe finds nothing serious: ${colorScheme}, ${width} wide`, async ({ playground }) => {
      await playground.page.emulateMedia({ colorScheme });
      await playground.page.setViewportSize({ width, height: 900 });
      await playground.open('?preset=tiny');
      expect(await seriousProblems(playground.page)).toEqual([]);
      await playground.play();
      await playground.waitForStep(20);
      await playground.pause();
      expect(await seriousProblems(playground.page)).toEqual([]);
    });

test('axe finds nothing serious in dialogs, banners and an open menu', async ({ playground }) => {
  await playground.open('?preset=tiny&gamma=nonsense&learningRate=1');
  await playground.button('Export').click();
  await expect(playground.page.getByRole('dialog')).toBeVisible();
  expect(await seriousProblems(playground.page)).toEqual([]);
  await playground.page.keyboard.press('Escape');
  await playground.page.getByRole('button', { name: /^Preset/ }).click();
  await expect(playground.page.getByRole('menu')).toBeVisible();
  expect(await seriousProblems(playground.page)).toEqual([]);
  await playground.page.keyboard.press('Escape');
  await playground.play();
  await expect(playground.banner('diverged')).toBeVisible({ timeout: 60_000 });
  expect(await seriousProblems(playground.page)).toEqual([]);
});

test('nothing is wider than the window, from 390 to 2560', async ({ playground }) => {
  await playground.open('?preset=tiny');
  await playground.singleSteps(2);
  for (const width of [390, 600, 768, 1024, 1280, 1440, 1920, 2560]) {
    await playground.page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => playground.page.evaluate(() => document.documentElement.scrollWidth), {
        message: `${width} wide`,
      })
      .toBe(width);
  }
});
