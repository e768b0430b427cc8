import { expect, type Playground, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';

/** The panel of measures as a person meets it. */
function measuresOf({ page }: Playground) {
  const status = page.getByTestId('measure-status');
  const scores = page.getByTestId('scores');
  const number = async (term: string) =>
    Number(await page.getByTestId(`score-${term}`).getAttribute('data-value'));
  return {
    status,
    scores,
    number,
    every: page.getByRole('combobox', { name: 'Measure every' }),
    /** Waits for the record of a step. */
    shown: (step: number) => expect(scores).toHaveAttribute('data-step', String(step), { timeout: 60_000 }),
    all: () =>
      scores
        .locator('[data-value]')
        .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-value'))),
    /** [latents][factors] in nats, as the heat map shows it. */
    information: () =>
      page
        .getByTestId('information-map')
        .locator('tbody tr')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.dataset.value))),
        ),
  };
}

test.beforeEach(({ playground }) => playground.open('?preset=tiny'));

test('measured by hand: the scores belong to the step, and are the same when measured again', async ({
  playground,
}) => {
  const measures = measuresOf(playground);
  await expect(measures.status).toContainText('Not measured yet.');
  await playground.play();
  await playground.waitForStep(150);
  const step = await playground.pause();
  await playground.button('Measure now').click();
  await measures.shown(step);
  await expect(measures.status).toHaveAttribute('data-state', 'idle');
  await expect(measures.status).toContainText('18\u2009432 pictures');
  const first = await measures.all();
  expect(first).toHaveLength(9);
  for (const value of first) expect(Number(value)).toBeLessThanOrEqual(1);
  expect(await measures.number('factorVaeMetric')).toBeGreaterThan(0.25);
  await expect(playground.page.getByTestId('latest-factorVaeMetric')).toHaveText(
    (await measures.number('factorVaeMetric')).toFixed(2),
  );

  // Told beside the pictures too, where one looks.
  const mig = (await measures.number('mig')).toFixed(2);
  await expect(playground.page.getByTestId('verdict')).toContainText(
    `FactorVAE metric ${(await measures.number('factorVaeMetric')).toFixed(2)}, MIG ${mig}`,
  );

  // The gap that the score names is the one that the heat map shows; shape, scale and positions vary.
  const information = await measures.information();
  const gaps = [3, 6, 32, 32].map((size, factor) => {
    const [best, second] = information.map((row) => row[factor]).sort((a, b) => b - a);
    return (best - second) / Math.log(size);
  });
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeCloseTo(await measures.number('mig'), 6);

  await playground.button('Measure now').click();
  await expect(measures.status).toHaveAttribute('data-state', 'measuring');
  await expect(measures.status).toHaveAttribute('data-state', 'idle', { timeout: 60_000 });
  expect(await measures.all()).toEqual(first);
});

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`what was measured is told beside the button, in sight: ${width} wide`, async ({ playground }) => {
    const { page } = playground;
    const measures = measuresOf(playground);
    await page.setViewportSize({ width, height });
    await playground.singleSteps(1);
    // At the lower edge of the window, where what stands below it is out of sight.
    await playground.button('Measure now').evaluate((button) => {
      button.scrollIntoView({ block: 'end' });
      if (button instanceof HTMLElement) button.click();
    });
    await measures.shown(1);
    await expect(measures.status).toContainText(
      `FactorVAE metric ${(await measures.number('factorVaeMetric')).toFixed(2)}, ` +
        `MIG ${(await measures.number('mig')).toFixed(2)}`,
    );
    const seen = await measures.status.evaluate((status) => {
      const { left, right, top, bottom } = status.getBoundingClientRect();
      return [top + 1, bottom - 1].every((y) =>
        status.contains(document.elementFromPoint((left + right) / 2, y)),
      );
    });
    expect(seen, 'nothing covers it').toBe(true);
    // The table of all scores comes next.
    const [table, curve] = await Promise.all([
      measures.scores.boundingBox(),
      playground.chart('factorVaeMetric').boundingBox(),
    ]);
    expect(table?.y).toBeLessThanOrEqual(curve?.y ?? 0);
  });

test('a cancelled measurement leaves what was shown, and the next one works', async ({ playground }) => {
  const measures = measuresOf(playground);
  await playground.button('Measure now').click();
  await expect(playground.page.getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
  await playground.button('Cancel').click();
  await expect(measures.status).toHaveAttribute('data-state', 'cancelled');
  await expect(measures.scores).not.toHaveAttribute('data-step');
  await playground.button('Measure now').click();
  await measures.shown(0);
});

test('every 500 steps while it trains, with the marks of gamma; a reset forgets', async ({ playground }) => {
  // Two measurements beside training, on a processor that does both.
  test.slow();
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  const { page } = playground;
  const measures = measuresOf(playground);
  await expect(measures.every).toHaveValue('off');
  await measures.every.selectOption('500');
  await playground.play();
  await measures.shown(500);
  expect(await playground.step()).toBeGreaterThan(500);
  expect(await playground.phase()).toBe('running');
  await playground.gammaBox.fill('20');
  await playground.gammaBox.press('Enter');
  await expect
    .poll(async () => Number(await measures.scores.getAttribute('data-step')), { timeout: 60_000 })
    .toBeGreaterThan(500);
  await playground.pause();
  expect(Number(await measures.scores.getAttribute('data-step')) % 500).toBe(0);
  await playground.chart('factorVaeMetric').scrollIntoViewIfNeeded();
  await expect.poll(() => playground.curvePoints('factorVaeMetric')).toBeGreaterThan(1);
  await expect(playground.chart('factorVaeMetric').getByTestId('gamma-mark')).toHaveCount(1);

  await playground.button('Reset').click();
  await page.getByRole('button', { name: /^(Throw away|Start over)$/ }).click();
  await expect(measures.status).toContainText('Not measured yet.');
  await expect(measures.scores).not.toHaveAttribute('data-step');
  await expect(measures.every).toHaveValue('500');
});

test('what moves when one factor changes follows the chosen factor', async ({ playground }) => {
  const traces = playground.page.getByTestId('traces');
  await traces.scrollIntoViewIfNeeded();
  await expect(traces).toHaveAttribute('data-factor', '4');
  await expect(traces.getByRole('listitem')).toHaveCount(4);
  const chooser = playground.page.getByRole('combobox', { name: 'Factor that changes' });
  await expect(chooser.getByRole('option')).toHaveText(['Shape', 'Scale', 'Position x', 'Position y']);
  await chooser.selectOption('Scale');
  await expect(traces).toHaveAttribute('data-factor', '1');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious in a measured panel: ${colorScheme}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia({ colorScheme });
    await playground.play();
    await playground.waitForStep(300);
    await playground.pause();
    await playground.button('Measure now').click();
    await measuresOf(playground).status.scrollIntoViewIfNeeded();
    await expect(measuresOf(playground).scores).toHaveAttribute('data-step', /\d+/, { timeout: 60_000 });
    expect(await seriousProblems(page)).toEqual([]);
  });
