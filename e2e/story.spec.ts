import { groupedDigits } from '../src/locale/groupedDigits.ts';
import { expect, test } from './playground.ts';

test.describe('a run', () => {
  test.beforeEach(({ playground }) => playground.open('?preset=tiny'));

  test('trains when told to: steps rise, curves draw, pictures change', async ({ playground }) => {
    expect(await playground.step()).toBe(0);
    expect(await playground.curvePoints('totalCorrelation')).toBe(0);
    const canvas = playground.page.getByTestId('traversals').locator('canvas').first();
    const before = await canvas.screenshot();

    await playground.play();
    await playground.waitForStep(20);
    for (const metric of ['totalCorrelation', 'reconstruction', 'kl', 'discriminatorLoss']) {
      // Charts out of sight are not drawn.
      await playground.chart(metric).scrollIntoViewIfNeeded();
      await expect.poll(() => playground.curvePoints(metric)).toBeGreaterThan(1);
    }
    await playground.chart('reconstruction').scrollIntoViewIfNeeded();
    const curve = playground.chart('reconstruction').getByTestId('curve');
    const early = (await curve.getAttribute('d')) ?? '';
    await playground.waitForStep((await playground.step()) + 100);
    await expect(curve).not.toHaveAttribute('d', early);
    await expect(playground.page.getByTestId('latest-reconstruction')).toHaveText(/^\d+(\.\d+)?$/);
    await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(false);
  });

  test('gamma moved by keyboard acts on the next step, and is marked and kept', async ({ playground }) => {
    await playground.play();
    await playground.waitForStep(10);
    const [stepBefore, gammaBefore] = [await playground.step(), await playground.gamma()];
    await playground.gammaSlider.focus();
    await playground.page.keyboard.press('PageUp');
    await expect.poll(() => playground.gamma()).toBeGreaterThan(gammaBefore);

    const mark = playground.gammaMarks.last();
    await expect(mark).toBeAttached();
    const at = Number(await mark.getAttribute('data-step'));
    const value = Number(await mark.getAttribute('data-value'));
    expect(at).toBeGreaterThan(stepBefore);
    expect(value).toBeGreaterThan(gammaBefore);
    expect(String(Number(value.toPrecision(3)))).toBe(String(await playground.gamma()));
    await expect(playground.page.getByTestId('acts-from')).toContainText(
      `at step ${groupedDigits(String(at))}`,
    );

    // Training went on; the file says what the trainer uses.
    await playground.waitForStep(at + 10);
    expect(await playground.phase()).toBe('running');
    await playground.pause();
    const { file } = await playground.exportWeights();
    expect(JSON.parse(file.metadata.config).gamma).toBeCloseTo(value, 6);
  });

  test('pauses, does one step at a time, and goes on', async ({ playground }) => {
    await playground.play();
    await playground.waitForStep(5);
    const stopped = await playground.pause();
    await playground.page.waitForTimeout(1500);
    expect(await playground.step()).toBe(stopped);

    await playground.button('Step').click();
    await expect.poll(() => playground.step()).toBe(stopped + 1);
    await playground.page.waitForTimeout(500);
    expect(await playground.step()).toBe(stopped + 1);

    await playground.play();
    await playground.waitForStep(stopped + 10);
  });

  test('asks before a reset throws the run away', async ({ playground }) => {
    await playground.singleSteps(3);
    const dialog = playground.page.getByRole('dialog', { name: 'Throw this run away?' });
    await playground.button('Reset').click();
    await dialog.getByRole('button', { name: 'Keep the run' }).click();
    await expect(dialog).toBeHidden();
    expect(await playground.step()).toBe(3);

    await playground.button('Reset').click();
    await dialog.getByRole('button', { name: 'Throw away' }).click();
    await expect.poll(() => playground.step()).toBe(0);
    await expect.poll(() => playground.curvePoints('reconstruction')).toBe(0);
    await playground.singleSteps(1);
  });

  test('says of a run that is kept that it stays', async ({ playground }) => {
    await playground.play();
    await playground.waitForStep(120);
    await playground.pause();
    await playground.button('Reset').click();
    const dialog = playground.page.getByRole('dialog', { name: 'Start over?' });
    await expect(dialog).toContainText('stays in Compare');
    await dialog.getByRole('button', { name: 'Start over' }).click();
    await expect.poll(() => playground.step()).toBe(0);
  });
});

test('a long run says when it will have shown what its preset shows', async ({ playground }) => {
  await playground.open('?preset=quick&engine=wasm');
  const left = playground.page.getByTestId('time-left');
  await expect(left).toBeHidden();
  await playground.play();
  await expect(left).toHaveText(/^step 10\u2009000 in (under a minute|about \d+ (min|h))$/);
});

test('the first move of gamma shows in the curves, not only as a mark', async ({ playground }) => {
  await playground.open('?preset=small&engine=wasm');
  const kl = async () => Number(await playground.page.getByTestId('latest-kl').textContent());
  await playground.play();
  await playground.waitForStep(250);
  const before = await kl();
  expect(before).toBeGreaterThan(1);
  await playground.gammaSlider.focus();
  await playground.page.keyboard.press('End');
  await expect.poll(kl, { timeout: 60_000 }).toBeGreaterThan(3 * before);
  await expect(playground.gammaMarks).toHaveCount(1);
});
