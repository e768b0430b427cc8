import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './playground.ts';

test('two latents turn without training: rows and scores follow, and all that is said was measured', async ({
  playground,
}) => {
  test.slow();
  await playground.open('?preset=tiny&engine=wasm&gamma=6&seed=1');
  const { page } = playground;
  const panel = page.getByTestId('alignment');
  const knob = page.getByRole('slider', { name: 'Turn two latents' });
  const said = page.getByTestId('alignment-said');
  const scores = page.getByTestId('alignment-scores');
  /** A column of the table; missing ones are NaN. */
  const column = (which: number) =>
    scores
      .locator('tbody tr')
      .evaluateAll(
        (rows, at) =>
          rows.map((row) => Number.parseFloat(row.querySelectorAll('td')[at].dataset.value ?? '')),
        which,
      );
  await playground.play();
  await playground.waitForStep(800);
  await panel.scrollIntoViewIfNeeded();
  await expect(said).toContainText('Turn the knob');
  expect(await playground.phase()).toBe('running');

  // The knob pauses training; the first turn encodes the grid.
  await knob.focus();
  await knob.press('End');
  await expect(knob).toHaveAttribute('aria-valuetext', '45 degrees');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  const step = await playground.step();
  await expect(panel).toHaveAttribute('data-step', String(step), { timeout: 60_000 });
  await expect(said).toContainText('Turned 45°:', { timeout: 60_000 });
  await expect(said).toContainText('18\u2009432 pictures');
  const [asTrained, turned] = [await column(0), await column(1)];
  for (const value of [...asTrained, ...turned].slice(0, 3)) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
  }
  expect(turned).not.toEqual(asTrained);
  const moved = turned[0] - asTrained[0];
  const word =
    Math.abs(moved) < 0.02 ? 'hold' : `MIG ${moved < 0 ? 'falls' : 'rises'} by ${Math.abs(moved).toFixed(2)}`;
  await expect(said).toContainText(word);
  const rows = panel.getByRole('img', { name: /turned by 45 degrees/ });
  const at45 = await rows.screenshot();

  // Back at 0 the code is the one that was trained.
  await knob.press('Home');
  await expect.poll(() => column(1), { timeout: 60_000 }).toEqual(asTrained);
  await expect(said).not.toContainText('Turned');
  expect((await panel.getByRole('img', { name: /turned by 0 degrees/ }).screenshot()).equals(at45)).toBe(
    false,
  );

  // A code that misses what one latent knew.
  await page.getByRole('combobox', { name: 'Latent to leave out' }).selectOption('1');
  await expect(said).toContainText('Without z1:', { timeout: 60_000 });
  expect((await column(2)).every(Number.isFinite)).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="alignment"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  // Nothing was trained meanwhile. Training goes on from there, with the knob at 0.
  expect(await playground.step()).toBe(step);
  await knob.press('End');
  await playground.play();
  await expect(knob).toHaveAttribute('aria-valuetext', '0 degrees');
  await playground.waitForStep(step + 10);
});

test('scores of the code as it is are those of the panel of measures', async ({ playground }) => {
  test.slow();
  await playground.open('?preset=tiny&engine=wasm');
  const { page } = playground;
  await playground.play();
  await playground.waitForStep(300);
  await playground.pause();
  await playground.button('Measure now').click();
  await expect(page.getByTestId('scores')).toHaveAttribute('data-step', /\d+/, { timeout: 60_000 });
  await page.getByRole('slider', { name: 'Turn two latents' }).press('ArrowRight');
  const cell = page.getByTestId('alignment-scores').locator('[data-score="mig"]').first();
  await expect(cell).toHaveAttribute('data-value', /./, { timeout: 60_000 });
  const mig = await page.getByTestId('score-mig').getAttribute('data-value');
  expect(Number(await cell.getAttribute('data-value'))).toBeCloseTo(Number(mig), 6);
});
