import { expect, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';
import { type Side, sidesOf } from './sides.ts';

test('opened, steered, run, paused, stepped, reset, reloaded and closed: both always at the same step', async ({
  playground,
}) => {
  const { page } = playground;
  const sides = sidesOf(playground);
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await sides.show('Side by side');
  expect(await seriousProblems(page)).toEqual([]);
  await playground.button('Start side by side').click();
  await expect(sides.view).toBeVisible();
  await playground.ready();
  await sides.bothAt(0);
  await sides.gamma('B').fill('40');
  await sides.gamma('B').press('Enter');
  await expect(sides.legend('B')).toContainText('FactorVAE γ 40');
  await expect(sides.legend('A')).toContainText('FactorVAE γ 10');

  await playground.play();
  await playground.waitForStep(120);
  const stopped = await playground.pause();
  await sides.bothAt(stopped);
  for (const metric of ['totalCorrelation', 'reconstruction', 'kl']) {
    await sides.view.getByTestId(`chart-${metric}`).scrollIntoViewIfNeeded();
    for (const side of ['A', 'B'] as const) {
      await expect.poll(() => sides.points(metric, side)).toBeGreaterThan(20);
      await expect(page.getByTestId(`latest-${metric}-${side}`)).toHaveText(/^−?\d+(\.\d+)?$/);
    }
  }
  await page.evaluate(() => window.scrollTo(0, 0));
  expect(await seriousProblems(page)).toEqual([]);

  await playground.button('Step').click();
  await sides.bothAt(stopped + 1);

  // A change on one side is marked on that side's curve only.
  await sides.gamma('A').fill('3');
  await sides.gamma('A').press('Enter');
  await sides.view.getByTestId('chart-totalCorrelation').scrollIntoViewIfNeeded();
  const marks = (side: Side) =>
    sides.view.getByTestId('chart-totalCorrelation').getByTestId(`marks-${side}`).getByTestId('gamma-mark');
  await expect(marks('A').last()).toHaveAttribute('data-value', '3');
  await expect(marks('B').last()).toHaveAttribute('data-value', '40');

  await playground.button('Reset').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await sides.bothAt(0);
  await expect.poll(() => new URL(page.url()).search).toContain('rivalGamma=40');
  expect(page.url()).toContain('#side-by-side');

  await page.reload();
  await expect(sides.legend('B')).toContainText('FactorVAE γ 40');
  await expect(sides.legend('A')).toContainText('FactorVAE γ 3');
  await playground.ready();
  await page.keyboard.press('Space');
  await playground.waitForStep(110);
  await page.keyboard.press('Space');
  await playground.ready();
  const last = await playground.step();
  await sides.bothAt(last);

  await sides.show('Compare');
  const names = page.getByTestId('run').getByRole('textbox', { name: 'Name of the run' });
  await expect
    .poll(() =>
      names.evaluateAll((boxes) => boxes.map((box) => (box instanceof HTMLInputElement ? box.value : ''))),
    )
    .toEqual(expect.arrayContaining(['FactorVAE γ 40, tiny, seed 0 (B)', 'FactorVAE γ 3, tiny, seed 0 (A)']));
  await sides.show('Side by side');
  await sides.goOnAlone('B');
  await expect(playground.button('Start side by side')).toBeHidden();
  await expect(sides.view).toBeHidden();
  await sides.show('Train');
  expect(await playground.gamma()).toBe(40);
  expect(await playground.step()).toBe(last);
  expect(new URL(page.url()).search).not.toContain('rival');
  await playground.singleSteps(1);

  // Both are kept, so that nothing is lost and nothing asked when they are trained again.
  await sides.show('Compare');
  await expect(page.getByTestId('run')).toHaveCount(4);
  await expect(playground.button('Side by side')).toBeDisabled();
  for (const earlier of [2, 3]) await page.getByTestId('run').nth(earlier).getByRole('checkbox').uncheck();
  await playground.button('Side by side').click();
  await expect(sides.view).toBeVisible();
  await playground.ready();
  await sides.bothAt(0);
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('γ 40');
  await expect(page.getByRole('list', { name: 'Legend' })).toContainText('γ 3');
});

test('a beta-VAE beside FactorVAE, by a link: its missing curve is explained, both are measured', async ({
  playground,
}) => {
  const { page } = playground;
  const sides = sidesOf(playground);
  await playground.open(
    '?preset=tiny&engine=tfjs-wasm&rivalObjective=betaVae&rivalBeta=1e9&rivalSeed=4#side-by-side',
  );
  await expect(playground.banner('url').locator('[data-field="rivalBeta"]')).toContainText('100');
  await expect(playground.banner('url').locator('[data-field="rivalSeed"]')).toContainText('ignored');
  await expect(sides.legend('B')).toContainText('beta-VAE β 100');
  await playground.singleSteps(2);
  await sides.bothAt(2);
  await sides.view.getByTestId('chart-reconstruction').scrollIntoViewIfNeeded();
  await expect(page.getByTestId('missing-totalCorrelation')).toContainText('trains no discriminator');
  await expect.poll(() => sides.points('totalCorrelation', 'A')).toBe(2);
  expect(await sides.points('totalCorrelation', 'B')).toBe(0);
  await expect.poll(() => sides.points('reconstruction', 'B')).toBe(2);

  await playground.button('Measure both').click();
  for (const side of ['A', 'B'])
    await expect(page.getByTestId(`latest-factorVaeMetric-${side}`)).toHaveText(/^0\.\d+$|^1/, {
      timeout: 60_000,
    });

  // Another objective is another run, for both.
  await sides.own('B').getByText('FactorVAE').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await expect(sides.legend('B')).toContainText('FactorVAE');
  await playground.ready();
  await sides.bothAt(0);
  await playground.singleSteps(1);
  await sides.bothAt(1);
  await page.emulateMedia({ colorScheme: 'dark' });
  for (const width of [390, 768, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    if (width === 390 || width === 1440) expect(await seriousProblems(page)).toEqual([]);
  }
});

test('one that diverges stops both, is named, and the other goes on alone', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm&learningRate=1&rivalBeta=100#side-by-side');
  await playground.play();
  const banner = page.getByTestId(/^banner-diverged-/);
  await expect(banner).toBeVisible({ timeout: 60_000 });
  await expect(banner).toContainText(/Side [AB], FactorVAE γ 10.*, diverged; both stopped/);
  await expect(banner).toContainText(/At step \d/);
  await expect(playground.button('Run')).toBeDisabled();
  expect(await seriousProblems(page)).toEqual([]);
  await banner.getByRole('button', { name: /^Continue with [AB] only$/ }).click();
  const sure = page.getByRole('button', { name: /^(Throw away|Start over)$/ });
  await expect(sure.or(playground.button('Run').and(page.locator(':enabled')))).toBeVisible();
  if (await sure.isVisible()) await sure.click();
  await playground.ready();
  await expect(banner).toBeHidden();
  expect(new URL(page.url()).search).not.toContain('rival');
});

test('from a step on the way: both go on with copies of the weights, and go back to that step', async ({
  playground,
}) => {
  const { page } = playground;
  const sides = sidesOf(playground);
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await playground.singleSteps(3);
  await sides.show('Side by side');
  await playground.button('Both from step 3').click();
  await playground.ready();
  await sides.bothAt(3);
  await expect(page.getByTestId('parent')).toContainText('step 3');
  await playground.singleSteps(2);
  await sides.bothAt(5);
  await playground.button('Reset').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await sides.bothAt(3);

  // What is left of side B is too short to be kept, so that is asked.
  await playground.singleSteps(1);
  await sides.goOnAlone('A');
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await expect(sides.view).toBeHidden();
  expect(await playground.step()).toBe(4);

  // A new run of the page's own is one for both.
  await playground.button('Both from step 0').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await playground.ready();
  await sides.bothAt(0);
  await page.getByRole('button', { name: 'Preset: tiny' }).click();
  await page.getByRole('menuitem', { name: /^tiny/ }).click();
  await playground.ready();
  await sides.bothAt(0);
  await playground.singleSteps(1);
  await sides.bothAt(1);
});

test('a Worker that dies ends both by name, and both start again in a fresh one', async ({ playground }) => {
  const { page } = playground;
  const sides = sidesOf(playground);
  await playground.open('?preset=tiny&engine=tfjs-wasm&rivalGamma=40#side-by-side');
  await playground.singleSteps(2);
  // The other Worker is the one that stores.
  const training = () => page.workers().filter((worker) => /\/worker-/.test(worker.url()));
  const [worker] = training();
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error('out of order');
    });
  });
  for (const side of ['A', 'B'])
    await expect(playground.banner(`failed-${side}`)).toContainText('has crashed');
  await playground.banner('failed-B').getByRole('button', { name: 'Start both again' }).click();
  for (const side of ['A', 'B']) await expect(playground.banner(`failed-${side}`)).toBeHidden();
  await playground.ready();
  await sides.bothAt(0);
  await expect(sides.legend('B')).toContainText('FactorVAE γ 40');
  await playground.singleSteps(1);
  await sides.bothAt(1);
  expect(training()).toHaveLength(1);
  // The page has told the console what happened, as it should.
  for (const problem of playground.problems.splice(0)) expect(problem).toContain('out of order');
});
