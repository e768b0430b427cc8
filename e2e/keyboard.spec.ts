import { expect, test } from './playground.ts';

test('space plays and pauses', async ({ playground }) => {
  await playground.open('?preset=tiny');
  await playground.page.keyboard.press('Space');
  await playground.waitForStep(5);
  expect(await playground.phase()).toBe('running');
  await playground.page.keyboard.press('Space');
  await expect.poll(() => playground.phase()).toBe('paused');
});

test('space in the number box and on a button keeps its own meaning', async ({ playground }) => {
  await playground.open('?preset=tiny');
  await playground.gammaBox.focus();
  await playground.page.keyboard.press('Space');
  await playground.button('Step').focus();
  await playground.page.keyboard.press('Space');
  await expect.poll(() => playground.step()).toBe(1);
  expect(await playground.phase()).toBe('paused');
});

test('every control of the story is reached with Tab, and looks different for it', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  // One step done, so that Reset is a control too.
  await playground.singleSteps(1);
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  const wanted = new Set(['Run', 'Step', 'Reset', 'Export', 'gamma', 'gamma value']);
  for (let i = 0; i < 150 && wanted.size > 0; i++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    // Behind the last control the focus leaves the page once.
    if ((await focused.count()) === 0) continue;
    const name = await focused.evaluate(
      (element) => element.getAttribute('aria-label') ?? element.textContent,
    );
    if (!wanted.delete(name)) continue;
    const box = await focused.boundingBox();
    if (!box) throw new Error(`${name} has the focus and is not on the page`);
    const clip = { x: box.x - 6, y: box.y - 6, width: box.width + 12, height: box.height + 12 };
    const withFocus = await page.screenshot({ clip, caret: 'hide' });
    const handle = await focused.elementHandle();
    await handle?.evaluate((element) => element instanceof HTMLElement && element.blur());
    const without = await page.screenshot({ clip, caret: 'hide' });
    expect(withFocus.equals(without), `${name} shows its focus`).toBe(false);
    await handle?.evaluate((element) => element instanceof HTMLElement && element.focus());
  }
  expect([...wanted]).toEqual([]);
});

test('the first stop of Tab skips the head of the page', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.keyboard.press('Tab');
  const skip = playground.button('Skip to the pictures');
  await expect(skip).toBeFocused();
  expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.locator(':focus').evaluate((element) => element.closest('main') !== null)).toBe(true);
});

test('the explained words of a panel are one stop of Tab; arrow keys go from one to the next', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny');
  const stops = await page.evaluate(() =>
    [...document.querySelectorAll('section')].map((panel) => ({
      words: panel.querySelectorAll('[data-term]').length,
      stops: panel.querySelectorAll('[data-term][tabindex="0"]').length,
    })),
  );
  const outer = stops.filter(({ words }) => words > 0);
  expect(outer.length).toBeGreaterThan(4);
  for (const { stops: count } of outer) expect(count).toBeLessThanOrEqual(1);
  expect(await page.locator('[data-term][tabindex="0"]').count()).toBeLessThan(12);

  const charts = page.getByRole('region', { name: 'Charts' });
  const word = (name: string) => charts.getByRole('button', { name, exact: true });
  await word('Total correlation').focus();
  await page.keyboard.press('ArrowDown');
  await expect(word('Reconstruction')).toBeFocused();
  // The one before may still be fading.
  await expect(page.getByRole('tooltip').filter({ hasText: 'Cross-entropy' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(word('Discriminator accuracy')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(word('Total correlation')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  // The word that was read last is where Tab comes back to.
  await expect(word('Discriminator accuracy')).toHaveAttribute('tabindex', '0');
  await expect(word('Total correlation')).toHaveAttribute('tabindex', '-1');
});
