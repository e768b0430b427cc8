import { expect, test } from './playground.ts';

const query = '?preset=tiny&engine=wasm&seed=4';

test('a challenge is set, reached by steering, and its link lets another person check it', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open(query);
  await page.getByRole('button', { name: 'Set a challenge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a challenge' });
  // The built-in one.
  await expect(dialog.getByLabel('FactorVAE metric, at least')).toHaveValue('0.9');
  await expect(dialog.getByLabel('Reconstruction in nats, at most')).toHaveValue('8');
  await expect(dialog.getByLabel('Steps, at most')).toHaveValue('5000');
  await dialog.getByLabel('FactorVAE metric, at least').fill('2');
  await expect(dialog.getByRole('button', { name: 'Start the challenge' })).toBeDisabled();
  await dialog.getByLabel('FactorVAE metric, at least').fill('0.2');
  await dialog.getByLabel('Reconstruction in nats, at most').fill('180');
  await dialog.getByLabel('Steps, at most').fill('400');
  await dialog.getByRole('button', { name: 'Start the challenge' }).click();
  const banner = page.getByTestId('banner-goal');
  await expect(banner).toContainText(
    'metric at least 0.2, reconstruction at most 180 nats, within 400 steps',
  );
  const state = page.getByTestId('goal-state');
  await expect(state).not.toHaveAttribute('data-reached', /./);
  expect(new URL(page.url()).searchParams.get('goal')).toBe('0.2_180_400');

  await playground.singleSteps(2);
  await playground.gammaBox.fill('3');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('acts-from')).toContainText('at step 3');
  await playground.play();
  await playground.waitForStep(80);
  // A measurement gives way to training: without it, it is soon done.
  await playground.pause();
  await expect(state).toHaveAttribute('data-reached', '80');
  await expect(state).toContainText(/^Reached: [01]\.\d\d with [\d.]+ nats at step \d+\.$/);
  const text = await state.innerText();
  const reachedAt = await state.getAttribute('data-reached');
  const link = await page.getByTestId('goal-link').getAttribute('href');
  if (!link) throw new Error('there is no link');
  const parameters = new URL(link).searchParams;
  expect(parameters.get('goal')).toBe(`0.2_180_400_${reachedAt}`);
  expect(parameters.get('moves')).toBe('gamma3_3');

  // Another person opens it and presses Run: the same numbers at the same step.
  await page.goto(link);
  await playground.ready();
  await expect(state).toContainText(`This link says that its run reaches it at step ${reachedAt}`);
  await playground.play();
  await playground.waitForStep(80);
  await playground.pause();
  await expect(state).toHaveAttribute('data-reached', String(reachedAt));
  await expect(state).toHaveText(text);

  await banner.getByRole('button', { name: 'Dismiss notice' }).click();
  await expect(banner).toHaveCount(0);
  expect(page.url()).not.toContain('goal=');
});

test('what is measured too late does not count, and a goal that cannot be is a problem of the link', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open(`${query}&goal=0.01_1000_2`);
  await playground.singleSteps(3);
  await expect(page.getByTestId('goal-state')).toHaveAttribute('data-reached', '1');
  await playground.open(`${query}&goal=1_0.001_2`);
  await playground.singleSteps(3);
  await expect(page.getByTestId('goal-state')).toContainText('Not reached');
  await playground.open(`${query}&goal=easy`);
  await expect(page.getByTestId('banner-url')).toContainText('goal was ignored');
});
