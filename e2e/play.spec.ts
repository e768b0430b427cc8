import { expect, test } from './playground.ts';

test('sliders of latents and of factors move the pictures beside them', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  // Trained a little: an untrained decoder draws the same grey whatever the code.
  await playground.play();
  await playground.waitForStep(200);
  await playground.pause();

  const decoded = page.getByRole('img', { name: 'Decoded picture' });
  const pictures = new Set<string>();
  for (const latent of ['z0', 'z1', 'z2', 'z3']) {
    await page.getByRole('slider', { name: latent, exact: true }).focus();
    for (const key of ['Home', 'End']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('slider', { name: latent, exact: true })).toHaveValue(
        key === 'End' ? '3' : '-3',
      );
      await page.waitForTimeout(300);
      pictures.add((await decoded.screenshot()).toString('base64'));
    }
  }
  expect(pictures.size).toBeGreaterThan(2);

  const picture = page.getByRole('img', { name: 'Picture of these factors' });
  const code = page.getByRole('list', { name: 'Code' });
  const [pictureBefore, codeBefore] = [await picture.screenshot(), await code.textContent()];
  await page.getByRole('slider', { name: 'Position x', exact: true }).focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await picture.screenshot()).equals(pictureBefore)).toBe(false);
  await expect.poll(() => code.textContent()).not.toBe(codeBefore);
});

test('another base image redraws the traversals', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  await playground.play();
  await playground.waitForStep(100);
  await playground.pause();
  const base = page.getByRole('button', { name: 'Choose base image' });
  const before = await base.screenshot();
  await page.getByRole('button', { name: 'Random base image' }).click();
  await page.mouse.move(0, 0);
  await expect.poll(async () => (await base.screenshot()).equals(before)).toBe(false);
});
