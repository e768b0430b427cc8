import { expect, test } from './playground.ts';

test('InfoWGAN-GP trains in the page: what it measures, what it makes, its sliders and its lone steps', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=wasm');
  // Chosen by hand, as the other objectives are.
  await page.getByRole('radiogroup', { name: 'Objective' }).getByText('InfoWGAN-GP').click();
  await playground.ready();
  await expect(page).toHaveURL(/objective=infoWganGp/);

  // Stage by stage at first: each pass of the critic, then the generator.
  const strip = page.getByTestId('slow-motion');
  await page.getByLabel('Speed').selectOption('slow');
  await playground.play();
  await expect(strip).toContainText('Critic, 1 of 5');
  await expect(strip.locator('[aria-current]')).toHaveText('penalty', { timeout: 10_000 });
  await playground.pause();
  expect(await playground.step()).toBe(1);
  await page.getByLabel('Speed').selectOption('max');
  await expect(strip).toHaveCount(0);

  await playground.play();
  await playground.waitForStep(60);
  await playground.pause();

  for (const metric of ['criticGap', 'penalty', 'generatorInformation', 'errorPerCode'])
    await expect(playground.chart(metric)).toBeVisible();
  await expect(playground.chart('reconstruction')).toHaveCount(0);
  await expect(page.getByText(/has no reconstruction term, no KL/)).toBeVisible();
  await expect(page.getByRole('img', { name: /of the data set above, generated ones below/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Traversals at step/ })).toBeVisible();

  const weight = page.getByRole('textbox', { name: 'information weight value' });
  await weight.fill('3');
  await weight.press('Enter');
  await expect(page.getByTestId('acts-from')).toContainText('changed from 1 to 3');

  const step = await playground.step();
  await playground.button('Kinds of step').click();
  await page.getByRole('menuitem', { name: /^Only the critic/ }).click();
  await page.getByRole('menuitem', { name: /^Only the generator/ }).click();
  await page.keyboard.press('Escape');
  await expect.poll(() => playground.step()).toBe(step + 2);
  await expect(page).toHaveURL(/moves=informationWeight\d+_3-critic\d+_1-generator\d+_1/);

  const picture = page.getByRole('img', { name: 'Decoded picture' });
  for (const name of ['z0', 'n0']) {
    await expect(picture).toBeVisible();
    const before = await picture.screenshot();
    await page.getByRole('slider', { name, exact: true }).focus();
    await page.keyboard.press('End');
    await expect(page.getByRole('slider', { name, exact: true })).toHaveValue('1');
    await expect.poll(async () => (await picture.screenshot()).equals(before)).toBe(false);
  }
  await expect(page.getByRole('list', { name: 'Code' }).getByRole('listitem')).toHaveCount(4);

  await playground.button('Measure now').click();
  await expect(page.getByTestId('score-higgins')).toHaveAttribute('data-value', /\d/, { timeout: 30_000 });
  await expect(page.getByTestId('tc-estimates').getByRole('term')).toHaveText(['Gaussian']);

  await playground.button('Export').click();
  await expect(page.getByRole('region', { name: 'Python snippet' })).toContainText('critic.q1');

  // Beside a VAE: the stages of both are named.
  await playground.open('?preset=tiny&engine=wasm&rivalObjective=infoWganGp#side-by-side');
  await page.getByLabel('Speed').selectOption('slow');
  await playground.play();
  await expect(strip.locator('[aria-current]')).toHaveCount(2);
  await expect(strip).toContainText(/update VAE.*Critic, 1 of 5/);
  expect(playground.problems).toEqual([]);
});
