import type { Page } from '@playwright/test';
import { Fingers } from './fingers.ts';
import { expect, test } from './playground.ts';
import { seriousProblems } from './seriousProblems.ts';
import type { Side } from './sides.ts';

/** The rows of a side: which latents, and at what height of the page. */
function rowsOf(page: Page, side: Side): Promise<{ latent: string; y: number }[]> {
  return page
    .getByTestId(`side-${side}`)
    .getByTestId(/^traversal-z/)
    .evaluateAll((rows) =>
      rows.map((row) => ({
        latent: row.getAttribute('data-testid') ?? '',
        y: Math.round(row.getBoundingClientRect().top),
      })),
    );
}

const traversals = (page: Page, side: Side) => page.getByTestId(`side-${side}`).getByTestId('traversals');

for (const preset of ['tiny', 'quick'])
  test(`the pictures of both come first, row beside row: ${preset}`, async ({ playground }) => {
    const { page } = playground;
    await playground.open(`?preset=${preset}&engine=wasm&rivalGamma=40#side-by-side`);
    await playground.play();
    await playground.waitForStep(12);
    for (const side of ['A', 'B'] as const) {
      await expect(page.getByTestId(`side-${side}`).getByTestId('traversal-z3')).toBeInViewport({ ratio: 1 });
      await expect(traversals(page, side)).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('slider', { name: `gamma, ${side}` })).toBeInViewport({ ratio: 1 });
    }
    const chart = await page.getByTestId('side-by-side').getByTestId('chart-totalCorrelation').boundingBox();
    const pictures = await traversals(page, 'A').boundingBox();
    expect(chart?.y).toBeGreaterThan((pictures?.y ?? 0) + (pictures?.height ?? 0));
    expect(await rowsOf(page, 'B')).toEqual(await rowsOf(page, 'A'));

    // Sorted by one side's KL, both sides' rows are in that order, and stay so while both train.
    await page.getByRole('button', { name: 'Sort rows by KL, B' }).click();
    const sorted = await rowsOf(page, 'B');
    const from = await playground.step();
    await playground.waitForStep(from + 20);
    for (const side of ['A', 'B'] as const) expect(await rowsOf(page, side)).toEqual(sorted);
    await playground.pause();
    await page.getByRole('button', { name: 'Sort rows by KL, B' }).click();
    await expect.poll(() => rowsOf(page, 'A')).toEqual(await rowsOf(page, 'B'));
    expect((await rowsOf(page, 'A')).map(({ latent }) => latent)).toEqual(
      [0, 1, 2, 3].map((latent) => `traversal-z${latent}`),
    );
  });

test.describe('on a phone', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('A and B are one swipe apart; a switch says which is shown, and keys reach both', async ({
    playground,
  }) => {
    const { page } = playground;
    await playground.open('?preset=tiny&engine=wasm&rivalGamma=40#side-by-side');
    await playground.singleSteps(1);
    const side = (name: Side) => page.getByTestId(`side-${name}`);
    const choice = (name: Side) =>
      page
        .getByRole('radiogroup', { name: 'Side shown' })
        .getByRole('radio', { name: new RegExp(`^${name} `) });
    /** One is shown, from edge to edge, and the other is out of sight. */
    async function expectShown(name: Side) {
      await expect(choice(name)).toBeChecked();
      await expect
        .poll(async () => {
          const [shown, box] = await Promise.all([
            side(name).boundingBox(),
            page.getByTestId('sides').boundingBox(),
          ]);
          return Math.abs((shown?.x ?? 0) - (box?.x ?? 0));
        })
        .toBeLessThanOrEqual(1);
      await expect(side(name)).toBeInViewport();
      await expect(side(name === 'A' ? 'B' : 'A')).not.toBeInViewport();
      expect(await page.evaluate(() => [document.documentElement.scrollWidth, window.scrollX])).toEqual([
        390, 0,
      ]);
    }
    await expectShown('A');
    await expect(choice('A')).toHaveAccessibleName('A FactorVAE \u03b3 10');
    await expect(traversals(page, 'A')).toBeInViewport();

    const fingers = await Fingers.of(page);
    await fingers.swipe({ x: 330, y: 500 }, { x: 60, y: 500 });
    await expectShown('B');
    await fingers.swipe({ x: 60, y: 500 }, { x: 330, y: 500 });
    await expectShown('A');

    await choice('A').focus();
    await page.keyboard.press('ArrowRight');
    await expectShown('B');
    await page.keyboard.press('ArrowLeft');
    await expectShown('A');
    // Where the focus goes to the other side, that is shown.
    await page.getByRole('button', { name: 'Sort rows by KL, B' }).focus();
    await expectShown('B');
    expect(await seriousProblems(page)).toEqual([]);
  });
});
