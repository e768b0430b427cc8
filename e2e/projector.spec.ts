import { expect, type Playground, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';

/** What the view for a projector shows. */
function projectorOf({ page }: Playground) {
  const view = page.getByTestId('projector');
  return {
    view,
    announced: page.getByTestId('announced-view'),
    regions: () =>
      page
        .locator('main section')
        .filter({ visible: true })
        .evaluateAll((sections) => sections.map((section) => section.getAttribute('aria-label'))),
  };
}

test('P shows gamma, large traversals and total correlation alone while it trains; P and Escape lead back', async ({
  playground,
}) => {
  const { page } = playground;
  const { view, announced, regions } = projectorOf(playground);
  await playground.open('?preset=tiny&engine=wasm');
  await playground.play();
  await playground.waitForStep(30);
  const before = await page.getByTestId('traversals').locator('canvas').boundingBox();
  await page.keyboard.press('p');
  await expect(view).toBeVisible();
  await expect(page.getByRole('banner')).toBeHidden();
  expect(await regions()).toEqual(['Objective', 'Latent traversals', 'Total correlation']);
  await expect(announced).toContainText('gamma, traversals and total correlation alone');
  await expect(view.getByTestId('latest-totalCorrelation')).toHaveText(/\d\.\d\d/);
  const chart = view.getByTestId('chart-totalCorrelation');
  await expect(chart.getByTestId('curve')).toHaveAttribute('d', /(L[^L]*){10}/);
  for (const part of [view.getByTestId('traversals'), chart]) await expect(part).toBeInViewport({ ratio: 1 });
  // Row by row far larger than before, at a whole multiple of the picture's pixels.
  const canvas = view.getByTestId('traversals').locator('canvas');
  await expect
    .poll(async () => (await canvas.boundingBox())?.height)
    .toBeGreaterThan(1.8 * (before?.height ?? 0));
  const scale = await canvas.evaluate((element) =>
    element instanceof HTMLCanvasElement ? element.clientWidth / element.width : 0,
  );
  expect(scale).toBe(Math.round(scale));

  // It trains on, and arrow keys move gamma at once.
  expect(await playground.phase()).toBe('running');
  await expect(playground.gammaSlider).toBeFocused();
  const gamma = await playground.gamma();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => playground.gamma()).toBeGreaterThan(gamma);
  await expect(chart.getByTestId('gamma-mark')).toHaveCount(1);
  const step = await playground.step();
  await playground.waitForStep(step + 20);

  await page.keyboard.press('Escape');
  await expect(view).toBeHidden();
  await expect(announced).toBeEmpty();
  await expect(page.getByRole('region', { name: 'Charts' })).toBeVisible();
  expect(await playground.phase()).toBe('running');

  // From a control, and back to it; a letter in a box is a letter.
  await playground.gammaBox.focus();
  await page.keyboard.press('p');
  await expect(view).toBeHidden();
  await playground.gammaSlider.focus();
  await page.keyboard.press('p');
  await expect(view).toBeVisible();
  await page.keyboard.press('p');
  await expect(view).toBeHidden();
  await expect(playground.gammaSlider).toBeFocused();

  await playground.button('For a projector').click();
  await expect(view).toBeVisible();
  await playground.button('Back (P)').click();
  await expect(view).toBeHidden();
  await expect(playground.button('For a projector')).toBeFocused();
});

for (const [width, height, colorScheme] of [
  [390, 844, 'dark'],
  [1440, 900, 'light'],
  [2560, 1440, 'dark'],
] as const)
  test(`the view for a projector fits and is sound: ${width} wide, ${colorScheme}`, async ({
    playground,
  }) => {
    const { page } = playground;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await playground.open('?preset=tiny&engine=wasm#projector');
    await playground.singleSteps(2);
    const view = page.getByTestId('projector');
    await expect(view.getByTestId('traversals')).toHaveAttribute('data-step', '2');
    const size = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.scrollHeight,
    ]);
    expect(size[0]).toBe(width);
    if (width > 390) expect(size[1]).toBe(height);
    expect(await seriousProblems(page)).toEqual([]);
  });

test('a window of 2560 pixels shows text and pictures larger', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=wasm');
  const title = page.getByRole('heading', { name: 'Latent traversals' });
  const label = playground.chart('totalCorrelation').locator('.recharts-yAxis-tick-labels text').first();
  const canvas = page.getByTestId('traversals').locator('canvas');
  const sizes = async () => ({
    text: await title.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    label: await label.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    picture: (await canvas.boundingBox())?.height ?? 0,
  });
  const usual = await sizes();
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expect.poll(async () => (await sizes()).text).toBe(1.25 * usual.text);
  expect((await sizes()).label).toBe(1.25 * usual.label);
  await expect.poll(async () => (await sizes()).picture).toBeGreaterThan(1.2 * usual.picture);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(2560);
});
