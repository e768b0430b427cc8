import type { Page } from '@playwright/test';
import { expect, type Playground, test } from './playground.ts';

/**
 * Everything that is cut off or sticks out of the window, as lines to read. What scrolls in its own box may be
 * wider.
 */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const found = new Set<string>();
    if (root.scrollWidth > root.clientWidth) found.add(`page ${root.scrollWidth} > ${root.clientWidth}`);
    const scrolls = (element: Element): boolean => {
      const parent = element.parentElement;
      if (!parent || element === document.body) return false;
      return /auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(parent);
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || !element.checkVisibility({ visibilityProperty: true }))
        continue;
      const { left, right, width, height } = element.getBoundingClientRect();
      const { overflowX, overflowY, display, clip, clipPath } = getComputedStyle(element);
      // What only screen readers meet is clipped away.
      const forReaders = clip !== 'auto' || clipPath !== 'none';
      if (width <= 1 || height <= 1 || forReaders || element instanceof HTMLInputElement) continue;
      const name = `${element.tagName} ${element.className} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
      if (!scrolls(element) && (right > root.clientWidth + 1 || left < -1)) found.add(`outside: ${name}`);
      const wider = element.scrollWidth > element.clientWidth + 1;
      const taller = element.scrollHeight > element.clientHeight + 2;
      if (wider && /hidden|clip/.test(overflowX)) found.add(`cut off at the side: ${name}`);
      if (taller && /hidden|clip/.test(overflowY)) found.add(`cut off below: ${name}`);
      const isText = element.children.length === 0 && display !== 'inline' && element.textContent !== '';
      if (isText && wider && !scrolls(element)) found.add(`wider than its box: ${name}`);
    }
    return [...found];
  });
}

/** Opens every view, dialog and menu in turn, and looks at each. */
async function visitAll(playground: Playground, look: (view: string) => Promise<void>): Promise<void> {
  const { page } = playground;
  const dialog = page.getByRole('dialog');
  const closed = async () => {
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await look('Train, with banners, before the first step');
  await playground.play();
  await look('Train, while it trains');
  await playground.waitForStep(110);
  await playground.pause();
  await playground.button('Measure now').click();
  await expect(page.getByTestId('scores')).toHaveAttribute('data-step', /\d/, { timeout: 60_000 });
  await page.getByRole('region', { name: 'New run' }).locator('summary').click();
  await look('Train, measured, with the form of a new run');
  for (const name of ['Export', 'Reset']) {
    await playground.button(name).click();
    await expect(dialog).toBeVisible();
    await look(`the dialog of ${name}`);
    await closed();
  }
  await page.getByRole('button', { name: /^Preset/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await look('the menu of presets');
  await page.keyboard.press('Escape');

  const show = (hash: string) =>
    page.evaluate((to) => {
      location.hash = to;
    }, hash);
  await show('compare');
  await expect(page.getByTestId('run')).toHaveCount(1);
  await look('Compare');
  await page.getByRole('button', { name: /^Fork/ }).first().click();
  await expect(dialog).toBeVisible();
  await look('the dialog of a fork');
  await closed();
  await show('side-by-side');
  await playground
    .button('Both from step 0')
    .or(page.getByRole('button', { name: /^Both from step/ }))
    .first()
    .click();
  await playground.ready();
  await playground.singleSteps(1);
  await look('Side by side');
}

for (const [name, width, height, text, colorScheme] of [
  ['320 pixels, as 1280 at 400%', 320, 640, 16, 'light'],
  ['text of twice the size', 1280, 900, 32, 'dark'],
  ['text of twice the size on a phone', 390, 844, 32, 'light'],
] as const)
  test(`nothing is cut off or wider than the window: ${name}`, async ({ playground }) => {
    const { page } = playground;
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height });
    await page.addInitScript((size) => {
      document.addEventListener('DOMContentLoaded', () => {
        document.documentElement.style.fontSize = `${size}px`;
      });
    }, text);
    await playground.open('?preset=tiny&engine=tfjs-wasm&gamma=nonsense');
    await visitAll(playground, async (view) => {
      await expect.poll(() => cutOff(page), { message: view, timeout: 5000 }).toEqual([]);
    });
  });
