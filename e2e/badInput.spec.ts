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

test('a gamma that is no number is refused, and one out of range is cut, each with a word', async ({
  playground,
}) => {
  await playground.open('?preset=tiny');
  await playground.gammaBox.fill('lots');
  await playground.page.keyboard.press('Enter');
  expect(await playground.gamma()).toBe(10);
  await playground.gammaBox.fill('1000');
  await playground.page.keyboard.press('Enter');
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
