import { expect, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';

test('two latents’ codes stand beside the same ones shuffled, in the discriminator’s colours, and move while it trains', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&engine=wasm');
  const { page } = playground;
  const codes = page.getByTestId('codes');
  const told = page.getByTestId('told-apart');
  await codes.scrollIntoViewIfNeeded();
  await expect(codes).toHaveAttribute('data-step', '0');
  await expect(codes.getByRole('img')).toHaveCount(2);
  await expect(told).toHaveAttribute('data-judge', 'discriminator');
  await playground.play();
  await expect.poll(async () => Number(await codes.getAttribute('data-step'))).toBeGreaterThan(100);
  const step = await playground.pause();
  await expect(codes).toHaveAttribute('data-step', String(step));
  const right = Number(await told.getAttribute('data-right'));
  expect(right).toBeGreaterThan(0);
  expect(right).toBeLessThanOrEqual(1);
  await expect(told).toContainText(
    `The discriminator tells them apart ${Math.round(100 * right)}% of the time`,
  );
  // Both pictures have points in colour, not the same ones.
  const [real, shuffled] = await Promise.all(
    [0, 1].map((which) => codes.getByRole('img').nth(which).screenshot()),
  );
  expect(real.equals(shuffled)).toBe(false);

  await page.getByRole('combobox', { name: 'Latents shown' }).selectOption('2');
  await page.getByRole('combobox', { name: 'Latent that is shuffled' }).selectOption('0');
  await expect(codes.getByRole('img').first()).toHaveAccessibleName(
    /256 codes, z2 across and z0 up, as they are/,
  );
  await expect(codes.getByRole('img').last()).toHaveAccessibleName(/with z0 shuffled/);
  await page.getByRole('combobox', { name: 'Latents shown' }).selectOption('most dependent');
  await expect(page.getByRole('combobox', { name: 'Latent that is shuffled' })).toHaveCount(0);
});

test('a beta-VAE says what colours its codes', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=wasm&objective=betaVae&beta=1');
  const told = playground.page.getByTestId('told-apart');
  await told.scrollIntoViewIfNeeded();
  await expect(told).toHaveAttribute('data-judge', 'gaussian');
  await expect(told).toContainText('This model trains no discriminator of codes, so a Gaussian');
});

test('side by side each run shows its own codes, and axe finds nothing serious', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=wasm&rivalGamma=40#side-by-side');
  const { page } = playground;
  const codesOf = (side: string) => page.getByTestId(`side-${side}`).getByTestId('codes');
  await codesOf('A').scrollIntoViewIfNeeded();
  await expect(codesOf('A')).toHaveAttribute('data-step', '0');
  await playground.singleSteps(1);
  for (const side of ['A', 'B']) await expect(codesOf(side)).toHaveAttribute('data-step', '1');
  expect(await seriousProblems(page, '[data-testid="codes"]')).toEqual([]);
});

for (const engine of ['webgpu', 'wasm', 'tfjs-wasm', 'tfjs-webgl', 'tfjs-cpu'])
  test(`codes, opinions and names come from every engine: ${engine}`, async ({ playground }) => {
    await playground.open(`?preset=tiny&engine=${engine}`);
    const { page } = playground;
    const codes = page.getByTestId('codes');
    await codes.scrollIntoViewIfNeeded();
    await expect(codes).toHaveAttribute('data-step', '0');
    await playground.singleSteps(2);
    await expect(codes).toHaveAttribute('data-step', '2');
    const told = page.getByTestId('told-apart');
    await expect(told).toHaveAttribute('data-judge', 'discriminator');
    await expect(told).toHaveAttribute('data-right', /^(0|1|0\.\d+)$/);
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-step', '2', { timeout: 60_000 });
  });
