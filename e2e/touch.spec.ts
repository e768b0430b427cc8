import type { Locator, Page } from '@playwright/test';
import { Fingers, type Place } from './fingers.ts';
import { expect, type Playground, test } from './playground.ts';

test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

/** A place on a slider, by its share of the slider's width. */
async function placeOn(slider: Locator, share: number): Promise<Place> {
  const box = await slider.boundingBox();
  if (!box) throw new Error('The slider is not on the page');
  return { x: box.x + share * box.width, y: box.y + box.height / 2 };
}

/** Where the middle of the thumb is. */
async function thumbOf(slider: Locator): Promise<Place> {
  const share = await slider.evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) throw new Error('No slider');
    const [min, max] = [Number(input.min), Number(input.max)];
    return (Number(input.value) - min) / (max - min);
  });
  const [left, right] = [await placeOn(slider, 0), await placeOn(slider, 1)];
  const half = (await slider.getAttribute('data-size')) === 'large' ? 13 : 8;
  return { x: left.x + half + share * (right.x - left.x - 2 * half), y: left.y };
}

const scrolled = (page: Page) => page.evaluate(() => window.scrollY);

/** Swipes upwards from a place on a slider: the page scrolls, the slider stays. */
async function expectPageMoves({ page }: Playground, slider: Locator, from: Place): Promise<void> {
  const fingers = await Fingers.of(page);
  const [value, top] = [await slider.inputValue(), await scrolled(page)];
  await fingers.swipe(from, { x: from.x + 6, y: from.y - 300 });
  await expect.poll(() => scrolled(page)).toBeGreaterThan(top + 100);
  expect(await slider.inputValue()).toBe(value);
}

test('a swipe that begins on gamma scrolls the page, and gamma stays', async ({ playground }) => {
  await playground.open('?preset=tiny&gamma=17.53&engine=tfjs-wasm');
  const { gammaSlider: slider } = playground;
  await expectPageMoves(playground, slider, await thumbOf(slider));
  for (const share of [0.1, 0.9]) {
    await playground.page.evaluate(() => window.scrollTo(0, 0));
    await expectPageMoves(playground, slider, await placeOn(slider, share));
  }
  expect(await playground.gamma()).toBe(17.53);
  await expect(playground.page).not.toHaveURL(/gamma=(?!17\.53)/);
});

test('so it is with the other sliders: beta, latents, factors', async ({ playground }) => {
  const { page } = playground;
  await playground.open('?preset=tiny&objective=betaVae&engine=tfjs-wasm');
  const slider = (name: string) => page.getByRole('slider', { name, exact: true });
  for (const name of ['beta', 'z0', 'Position x']) {
    await slider(name).evaluate((input) => input.scrollIntoView({ block: 'center' }));
    await expectPageMoves(playground, slider(name), await placeOn(slider(name), 0.1));
  }
});

test('gamma follows a finger sideways and goes where it is tapped', async ({ playground }) => {
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  const { gammaSlider: slider, page } = playground;
  const fingers = await Fingers.of(page);
  const thumb = await thumbOf(slider);

  await fingers.swipe(thumb, { x: thumb.x + 60, y: thumb.y - 20 });
  await expect.poll(() => playground.gamma()).toBeGreaterThan(20);
  expect((await thumbOf(slider)).x).toBeCloseTo(thumb.x + 60, -1);
  expect(await scrolled(page)).toBe(0);

  const tapped = await placeOn(slider, 0.3);
  await fingers.press(tapped, 0.08);
  await expect.poll(() => playground.gamma()).toBeLessThan(10);
  expect(Math.abs((await thumbOf(slider)).x - tapped.x)).toBeLessThan(2);
});

test('a long press, a tap on the thumb, two fingers and a touch that is taken away leave gamma', async ({
  playground,
}) => {
  await playground.open('?preset=tiny&gamma=17.53&engine=tfjs-wasm');
  const { gammaSlider: slider, page } = playground;
  const fingers = await Fingers.of(page);
  const [left, right] = [await placeOn(slider, 0.2), await placeOn(slider, 0.8)];
  const unchanged = async () => {
    // A change would reach the box with the next drawing.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(null))));
    expect(await playground.gamma()).toBe(17.53);
  };

  await fingers.press(left, 0.9);
  await unchanged();
  await fingers.press(await thumbOf(slider), 0.05);
  await unchanged();

  await fingers.send('touchStart', left);
  await fingers.send('touchStart', left, right);
  for (const by of [10, 20, 30, 40])
    await fingers.send('touchMove', { ...left, x: left.x - by }, { ...right, x: right.x + by });
  await fingers.send('touchEnd');
  await unchanged();

  await fingers.slide(left, { x: left.x + 60, y: left.y });
  expect(await playground.gamma()).not.toBe(17.53);
  await fingers.send('touchCancel');
  await unchanged();

  // A second finger, anywhere, makes it something else than a move of gamma.
  await fingers.slide(left, { x: left.x + 60, y: left.y });
  await fingers.send('touchStart', { x: left.x + 60, y: left.y }, { x: 200, y: 300 });
  await fingers.send('touchEnd');
  await unchanged();
});

test('the curves of Compare are read by a finger sideways, and scrolled past upwards', async ({
  playground,
}) => {
  const { page } = playground;
  await playground.open('?preset=tiny&engine=tfjs-wasm');
  await playground.play();
  await playground.waitForStep(120);
  await playground.pause();
  await page.evaluate(() => {
    location.hash = 'compare';
  });
  const reader = page.getByRole('slider', { name: 'Reconstruction: step to read' });
  await reader.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  const fingers = await Fingers.of(page);
  const from = await placeOn(reader, 0.3);
  await fingers.swipe(from, { x: from.x + 60, y: from.y });
  await expect(reader).toHaveAttribute('aria-valuetext', /^step \d+: /);
  const read = await reader.getAttribute('aria-valuetext');
  const top = await scrolled(page);
  await fingers.swipe(from, { x: from.x, y: from.y - 250 });
  await expect.poll(() => scrolled(page)).toBeGreaterThan(top + 100);
  await expect(reader).toHaveAttribute('aria-valuetext', read ?? '');

  const smoothing = page.getByRole('slider', { name: 'Smoothing', exact: true });
  await smoothing.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  await expectPageMoves(playground, smoothing, await placeOn(smoothing, 0.8));
});

test.describe('with a mouse', () => {
  test.use({ hasTouch: false, isMobile: false, viewport: { width: 1280, height: 900 } });

  test('gamma acts at once, and Escape puts back what it was', async ({ playground }) => {
    await playground.open('?preset=tiny&gamma=17.53&engine=tfjs-wasm');
    const { page, gammaSlider: slider } = playground;
    const [left, right] = [await placeOn(slider, 0.2), await placeOn(slider, 0.7)];
    await page.mouse.move(right.x, right.y);
    await page.mouse.down();
    await expect.poll(() => playground.gamma()).not.toBe(17.53);
    await page.mouse.move(left.x, left.y, { steps: 4 });
    await expect.poll(() => playground.gamma()).toBeLessThan(5);
    await page.keyboard.press('Escape');
    await expect.poll(() => playground.gamma()).toBe(17.53);
    await page.mouse.move(right.x, right.y, { steps: 4 });
    await page.mouse.up();
    expect(await playground.gamma()).toBe(17.53);

    // The next one acts again.
    await page.mouse.click(left.x, left.y);
    await expect.poll(() => playground.gamma()).toBeLessThan(5);
    const clicked = await playground.gamma();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => playground.gamma()).toBeGreaterThan(clicked);
  });
  test('a drag is one mark, and so is a run of arrow keys', async ({ playground }) => {
    await playground.open('?preset=tiny&gamma=10&engine=tfjs-wasm');
    const { page, gammaSlider: slider } = playground;
    await playground.play();
    await playground.waitForStep(10);
    const marks = playground.gammaMarks;
    const from = await thumbOf(slider);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    // The drag goes on while steps are done: several of its values act.
    for (const by of [15, 30, 45, 60, 75]) {
      await page.mouse.move(from.x + by, from.y, { steps: 3 });
      const before = await playground.step();
      await playground.waitForStep(before + 3);
    }
    await page.mouse.up();
    const dragged = await playground.gamma();
    await expect(marks).toHaveAttribute('data-value', String(dragged));
    await expect(marks).toHaveAttribute('data-from', '10');
    const attribute = async (name: string) => Number(await marks.getAttribute(name));
    const [first, last] = [await attribute('data-step'), await attribute('data-last-step')];
    expect(last).toBeGreaterThan(first + 8);
    await expect(playground.page.getByTestId('acts-from')).toHaveText(
      `Gamma moved from 10 to ${dragged}, steps ${first} to ${last}.`,
    );
    await expect(marks).toHaveAccessibleName(`Gamma moved from 10 to ${dragged}, steps ${first} to ${last}`);

    await playground.waitForStep(last + 10);
    // Held, it repeats.
    for (let i = 0; i < 5; i++) await page.keyboard.down('ArrowLeft');
    await page.keyboard.up('ArrowLeft');
    await expect(marks).toHaveCount(2);
    const reached = String(await playground.gamma());
    await expect(marks.last()).toHaveAttribute('data-value', reached);
    await expect(marks).toHaveCount(2);
    await playground.pause();
  });
});

test('a phone, which has no space bar, is not told to press it', async ({ playground }) => {
  const { page } = playground;
  await page.goto('./?preset=tiny');
  // Hints wait until the trained models are put away.
  await page.getByRole('button', { name: 'Close the trained models' }).click();
  const hint = page.getByRole('dialog', { name: /^Hint 1 of 3/ });
  await expect(hint).toContainText('Press Run:');
  await expect(hint).not.toContainText('space bar');
});
